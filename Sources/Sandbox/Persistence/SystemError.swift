import Glibc

/// Why a data file could not be used.
enum SystemError: Error, Equatable, CustomStringConvertible {
  /// A system call failed.
  case call(String, errno: CInt)
  /// Another process holds the lock.
  case inUse
  /// The text says what is wrong.
  case other(String)
  /// The file can be read, and is not to be used.
  case refused(SandboxError)

  /// The failure of the system call that was just made.
  static func current(_ call: String) -> SystemError { .call(call, errno: Glibc.errno) }

  var description: String {
    switch self {
    case .call(let call, let number): "\(call): \(String(cString: strerror(number)))"
    case .inUse: "it is locked"
    case .other(let reason): reason
    case .refused(let error): error.description
    }
  }

  func sandboxError(_ path: String) -> SandboxError {
    switch self {
    case .refused(let error): error
    case .inUse: .dataFileInUse(path)
    case .call, .other: .cannotUse(dataFile: path, reason: description)
    }
  }
}
