/// Why a sandbox could not start.
public enum SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// An option is out of its bounds. The text says which.
  case invalidOption(String)
  /// Another program listens on that port.
  case portTaken(Int)
  /// The system does not let us listen. The text is its reason.
  case cannotListen(port: Int, reason: String)

  public var description: String {
    switch self {
    case .invalidOption(let complaint): complaint
    case .portTaken(let port):
      "port \(port) on 127.0.0.1 is taken by another program; choose another, or 0 for a free one"
    case .cannotListen(let port, let reason): "cannot listen on port \(port) of 127.0.0.1: \(reason)"
    }
  }
}
