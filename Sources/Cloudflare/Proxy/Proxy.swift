/// An HTTP proxy that connections are tunnelled through (`CONNECT`): it sees the host and port, never the request.
public struct Proxy: Sendable, Equatable, CustomStringConvertible {
  /// A name or address; an IPv6 address without its brackets.
  public var host: String
  public var port: Int
  public var login: Login?

  public init(host: String, port: Int, login: Login? = nil) {
    self.host = host
    self.port = port
    self.login = login
  }

  /// What the proxy wants to know of its user.
  public struct Login: Sendable, Equatable {
    public var user: String
    public var password: Secret

    public init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  /// Host and port, never the login.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Proxy: CustomDebugStringConvertible {
  public var debugDescription: String { description }
}
