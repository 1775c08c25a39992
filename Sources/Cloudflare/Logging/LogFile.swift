import Glibc
import Synchronization

/// A file that log lines are appended to, readable by its owner only.
///
/// Each line is written by one call in append mode, so that the lines of several programs never mix. Nothing is ever
/// logged to a symbolic link: somebody else could have put it there to have another file written to.
public final class LogFile: Sendable {
  public let path: String
  private let descriptor: Int32
  private let trouble = Mutex<String?>(nil)

  /// Opens the file, and makes it when there is none.
  ///
  /// - Throws: ``LogFileError`` when it cannot be opened, is no ordinary file, or cannot be kept from others' eyes.
  public convenience init(path: String) throws(LogFileError) {
    // Without O_NONBLOCK, a pipe without a reader would hold the program up for ever.
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { throw LogFileError(path: path, reason: SystemError.text(errno)) }
    var status = stat()
    let reason: String? =
      if fstat(descriptor, &status) != 0 {
        SystemError.text(errno)
      } else if status.st_mode & S_IFMT != S_IFREG {
        "it is not an ordinary file"
      } else if status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 {
        "others can read it, and that cannot be changed: \(SystemError.text(errno))"
      } else {
        nil
      }
    if let reason {
      close(descriptor)
      throw LogFileError(path: path, reason: reason)
    }
    self.init(path: path, descriptor: descriptor)
  }

  /// Takes over a file that is open already.
  init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Why the last line that could not be written was not, for people; `nil` while all is well. A log has no one else to
  /// tell.
  public var failure: String? { trouble.withLock { $0 } }

  /// Appends a line; the line break is added.
  func append(_ line: String) {
    var bytes = Array(line.utf8)
    bytes.append(UInt8(ascii: "\n"))
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
      if count > 0 {
        start += count
      } else if errno != EINTR {
        let reason = SystemError.text(errno)
        return trouble.withLock { $0 = reason }
      }
    }
    trouble.withLock { $0 = nil }
  }
}

/// Why a log file cannot be used.
public struct LogFileError: Error, Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "The log file \(path) cannot be used: \(reason)." }
}
