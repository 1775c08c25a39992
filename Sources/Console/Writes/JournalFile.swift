import Cloudflare
import Glibc

/// The journal's file, open and locked against every other console until it is closed.
///
/// It is opened for each use: that costs microseconds, and whatever somebody does to the file meanwhile is seen.
final class JournalFile {
  let path: String
  /// Tells the file from one that has been put in its place.
  let identity: Identity
  private let descriptor: Int32
  private let canWrite: Bool
  private let calls: JournalCalls

  struct Identity: Equatable {
    var disk: dev_t
    var inode: ino_t
  }

  /// Opens the file and tries to lock it.
  ///
  /// - Parameter creating: whether to make the file and its directory when there is none.
  /// - Returns: `nil` when there is no file and none is to be made.
  /// - Throws: ``JournalProblem/busy(path:)`` at once when another program holds the lock.
  static func open(_ path: String, creating: Bool, calls: JournalCalls) throws(JournalProblem) -> JournalFile? {
    if creating { try makeDirectory(of: path) }
    // `O_NOFOLLOW` refuses a link that another user may have made; `O_NONBLOCK` does not wait for a pipe's other end.
    let flags = O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    var canWrite = true
    var isNew = false
    var descriptor = Glibc.open(path, O_RDWR | flags)
    if descriptor < 0, errno == ENOENT {
      guard creating else { return nil }
      descriptor = Glibc.open(path, O_RDWR | O_CREAT | flags, 0o600)
      isNew = true
    } else if descriptor < 0, !creating, errno == EACCES || errno == EROFS || errno == EPERM {
      descriptor = Glibc.open(path, O_RDONLY | flags)
      canWrite = false
    }
    guard descriptor >= 0 else {
      if errno == ENOTDIR, !creating { return nil }
      throw failure(path, creating, SystemError.text(errno))
    }
    do throws(JournalProblem) {
      return try JournalFile(path, descriptor, canWrite: canWrite, isNew: isNew, creating, calls)
    } catch {
      close(descriptor)
      throw error
    }
  }

  private init(
    _ path: String, _ descriptor: Int32, canWrite: Bool, isNew: Bool, _ creating: Bool, _ calls: JournalCalls
  ) throws(JournalProblem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, creating, SystemError.text(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Self.failure(path, creating, "it is not an ordinary file")
    }
    if canWrite, status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 {
      throw Self.failure(path, creating, "others can read it, and that cannot be changed")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { throw .busy(path: path) }
      throw Self.failure(path, creating, SystemError.text(errno))
    }
    if isNew { Self.syncDirectory(of: path) }
    self.path = path
    self.descriptor = descriptor
    self.canWrite = canWrite
    self.calls = calls
    identity = Identity(disk: status.st_dev, inode: status.st_ino)
  }

  deinit {
    // Closing gives the lock back.
    close(descriptor)
  }

  /// Reads from an offset to the end, a piece at a time.
  ///
  /// - Parameter take: gets each line without its end.
  /// - Returns: where the last whole line ends. What follows is a line that was cut off; nobody is writing it now.
  func readLines(from start: Int, _ receive: (ArraySlice<UInt8>) -> Void) throws(JournalProblem) -> Int {
    var rest: [UInt8] = []
    var restStart = start
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &piece, piece.count, off_t(restStart + rest.count))
      if count < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(path: path, reason: SystemError.text(errno))
      }
      guard count > 0 else { return restStart }
      rest += piece[..<count]
      var lineStart = 0
      while let end = Self.lineEnd(in: rest, from: lineStart) {
        receive(rest[lineStart..<end])
        lineStart = end + 1
      }
      rest.removeFirst(lineStart)
      restStart += lineStart
    }
  }

  private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = memchr(base + start, 0x0A, buffer.count - start) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Moves what stands behind the last whole line into a file of its own, so that the next line begins where one should.
  ///
  /// - Returns: whether there was anything.
  func setAside(from end: Int, to asidePath: String) throws(JournalProblem) -> Bool {
    let length = try size() - end
    guard length > 0, canWrite else { return length > 0 }
    var bytes = [UInt8](repeating: 0, count: length + 1)
    guard pread(descriptor, &bytes, length, off_t(end)) == length else {
      throw .cannotRead(path: path, reason: "its end cannot be read")
    }
    bytes[length] = UInt8(ascii: "\n")
    let aside = Glibc.open(asidePath, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard aside >= 0 else { throw .cannotWrite(path: asidePath, reason: SystemError.text(errno)) }
    defer { close(aside) }
    guard bytes.withUnsafeBytes({ calls.write(aside, $0) }) == bytes.count, calls.sync(aside) == 0 else {
      throw .cannotWrite(path: asidePath, reason: SystemError.text(errno))
    }
    guard ftruncate(descriptor, off_t(end)) == 0, calls.sync(descriptor) == 0 else {
      throw .cannotWrite(path: path, reason: SystemError.text(errno))
    }
    return true
  }

  /// Appends one line by one write, and returns when the disk has it. When it cannot be written whole, nothing of it
  /// stays.
  ///
  /// - Returns: where the file ends now.
  func append(_ line: String) throws(JournalProblem) -> Int {
    let end = try size()
    let bytes = Array((line + "\n").utf8)
    var written = 0
    repeat { written = bytes.withUnsafeBytes { calls.write(descriptor, $0) } } while written < 0 && errno == EINTR
    guard written == bytes.count, calls.sync(descriptor) == 0 else {
      let reason = written < 0 || written == bytes.count ? SystemError.text(errno) : SystemError.text(ENOSPC)
      // If this fails too, the next reading sets the rest aside.
      ftruncate(descriptor, off_t(end))
      throw .cannotWrite(path: path, reason: reason)
    }
    return end + bytes.count
  }

  func size() throws(JournalProblem) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .cannotRead(path: path, reason: SystemError.text(errno))
    }
    return Int(status.st_size)
  }

  private static func failure(_ path: String, _ isWriting: Bool, _ reason: String) -> JournalProblem {
    isWriting ? .cannotWrite(path: path, reason: reason) : .cannotRead(path: path, reason: reason)
  }

  /// Makes the directory with all that leads to it, for its owner only.
  private static func makeDirectory(of path: String) throws(JournalProblem) {
    let parts = path.split(separator: "/").dropLast()
    var directory = path.hasPrefix("/") ? "" : "."
    for part in parts {
      directory += "/" + part
      guard mkdir(directory, 0o700) != 0, errno != EEXIST else { continue }
      // A directory on the way may be there and closed to being looked at; opening the file tells.
      if errno != EACCES, errno != EROFS, errno != EISDIR {
        throw .cannotWrite(path: path, reason: SystemError.text(errno))
      }
    }
    var status = stat()
    if stat(directory, &status) == 0, status.st_mode & 0o077 != 0, status.st_uid == geteuid() {
      chmod(directory, 0o700)
    }
  }

  /// Writes the directory to disk, so that the entry of a new file survives a loss of power.
  private static func syncDirectory(of path: String) {
    let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let descriptor = Glibc.open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// The system calls that fail on a full or broken disk; tests replace them.
struct JournalCalls: Sendable {
  var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int = { Glibc.write($0, $1.baseAddress, $1.count) }
  var sync: @Sendable (Int32) -> Int32 = { fsync($0) }
}
