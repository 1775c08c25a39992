/// An answer as the server sent it, for a person to read.
public struct RawAnswer: Sendable, Equatable {
  public var status: Int
  /// `cf-ray`: names the request when asking Cloudflare's support.
  public var ray: String?
  /// The whole body as text, with anything that is not UTF-8 replaced, and with the credentials masked, should a server
  /// send them back.
  public var body: String

  public init(status: Int, ray: String? = nil, body: String) {
    self.status = status
    self.ray = ray
    self.body = body
  }
}
