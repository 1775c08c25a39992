/// Why a sandbox could not start.
public enum SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// An option is out of its bounds. The text says which.
  case invalidOption(String)
  /// Another program listens on that port.
  case portTaken(Int)
  /// The system does not let us listen. The text is its reason.
  case cannotListen(port: Int, reason: String)
  /// The data file cannot be read or written. The text is the system's reason.
  case cannotUse(dataFile: String, reason: String)
  /// Another sandbox has the data file open.
  case dataFileInUse(String)
  /// The data file is not one, or not as it was written. It is left as it is. The text says where and how.
  case damaged(dataFile: String, reason: String)
  /// The data file was made with other options. The text says which.
  case otherOptions(dataFile: String, reason: String)

  public var description: String {
    switch self {
    case .invalidOption(let complaint): complaint
    case .portTaken(let port):
      "port \(port) on 127.0.0.1 is taken by another program; choose another, or 0 for a free one"
    case .cannotListen(let port, let reason): "cannot listen on port \(port) of 127.0.0.1: \(reason)"
    case .cannotUse(let file, let reason): "cannot use the data file \(file): \(reason)"
    case .dataFileInUse(let file): "the data file \(file) is in use by another sandbox"
    case .damaged(let file, let reason):
      "the data file \(file) is damaged: \(reason). It was left as it is; restore it or choose another file"
    case .otherOptions(let file, let reason):
      "the data file \(file) was made with \(reason); start with the same, or choose another file"
    }
  }
}
