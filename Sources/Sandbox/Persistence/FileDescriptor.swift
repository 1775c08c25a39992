import Glibc

/// An open file, closed when the last reference to it goes.
final class FileDescriptor: Sendable {
  private let number: CInt

  private init(_ number: CInt) {
    self.number = number
  }

  deinit {
    // Closing alone would leave the lock with a child that is being started just now and has not closed its copy yet.
    unlock()
    close(number)
  }

  /// Opens a regular file for reading and appending, and locks it against other processes as long as it is open.
  init(locking path: String) throws(SystemError) {
    while true {
      let number = Glibc.open(path, O_RDWR | O_APPEND | O_CLOEXEC)
      guard number >= 0 else { throw .current("open") }
      do throws(SystemError) {
        try Self.lock(number)
        if try Self.isStill(number, at: path) {
          self.number = number
          return
        }
      } catch {
        close(number)
        throw error
      }
      // Somebody replaced the file between the two calls.
      close(number)
    }
  }

  /// Gives up the lock.
  func unlock() {
    _ = flock(number, LOCK_UN)
  }

  /// Makes a file with that content if there is none, at once or not at all.
  static func createIfMissing(_ path: String, content: [UInt8]) throws(SystemError) {
    var status = stat()
    guard stat(path, &status) != 0 else { return }
    guard errno == ENOENT else { throw .current("stat") }
    let (_, temporary) = try temporaryFile(beside: path, content: content)
    defer { unlink(temporary) }
    guard link(temporary, path) == 0 || errno == EEXIST else { throw .current("link") }
    try synchronizeDirectory(of: path)
  }

  /// Puts a new file, locked and complete, in place of another.
  static func replacing(_ path: String, content: [UInt8]) throws(SystemError) -> FileDescriptor {
    let (file, temporary) = try temporaryFile(beside: path, content: content)
    guard rename(temporary, path) == 0 else {
      let error = SystemError.current("rename")
      unlink(temporary)
      throw error
    }
    try synchronizeDirectory(of: path)
    return file
  }

  /// Writes all of it, at the end.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(number, $0.baseAddress! + written, bytes.count - written) }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        throw .current("write")
      }
    }
  }

  /// Waits until what was written is on disk.
  func synchronize() throws(SystemError) {
    guard fdatasync(number) == 0 else { throw .current("fdatasync") }
  }

  func truncate(to length: Int) throws(SystemError) {
    guard ftruncate(number, length) == 0 else { throw .current("ftruncate") }
    try synchronize()
  }

  /// Reads the whole file.
  func read(limit: Int) throws(SystemError) -> [UInt8] {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .current("fstat") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .other("it is not a regular file") }
    guard status.st_size <= limit else { throw .other("it is larger than \(limit) bytes") }
    var bytes = [UInt8](repeating: 0, count: status.st_size)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress! + filled, $0.count - filled, filled) }
      if count > 0 {
        filled += count
      } else if count == 0 {
        throw .other("it became shorter while it was read")
      } else if errno != EINTR {
        throw .current("read")
      }
    }
    return bytes
  }

  private static func temporaryFile(
    beside path: String, content: [UInt8]
  ) throws(SystemError) -> (file: FileDescriptor, path: String) {
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    let number = Glibc.open(temporary, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .current("create") }
    let file = FileDescriptor(number)
    do throws(SystemError) {
      try lock(number)
      try file.write(content)
      try file.synchronize()
    } catch {
      unlink(temporary)
      throw error
    }
    return (file, temporary)
  }

  private static func lock(_ number: CInt) throws(SystemError) {
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? .inUse : .current("flock")
    }
  }

  private static func isStill(_ number: CInt, at path: String) throws(SystemError) -> Bool {
    var opened = stat()
    var named = stat()
    guard fstat(number, &opened) == 0 else { throw .current("fstat") }
    guard stat(path, &named) == 0 else { return false }
    return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// A new name is on disk only when its directory is.
  private static func synchronizeDirectory(of path: String) throws(SystemError) {
    let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let number = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .current("open") }
    defer { close(number) }
    guard fsync(number) == 0 else { throw .current("fsync") }
  }
}
