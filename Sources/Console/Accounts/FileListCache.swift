import Cloudflare
import Glibc

/// The last known list of one endpoint and one identity, in a file that only its owner can read. It is replaced at once
/// and as a whole, so that a reader never sees half of it.
actor FileListCache: ListCache {
  private let directory: String
  private let origin: WriteOrigin
  private let name: String
  /// What the file holds, as far as is known here.
  private var kept: [UInt8]?

  /// Files of other endpoints and identities that are left beside the newest.
  static let otherFiles = 15
  private static let prefix = "accounts-"

  /// - Parameters:
  ///   - directory: where the file is; made when there is something to keep.
  ///   - origin: whose list it is. The file's name tells neither endpoint nor identity.
  init(directory: String, origin: WriteOrigin) {
    self.directory = directory
    self.origin = origin
    name = Self.prefix + ListCacheText.check(Array("\(origin.endpoint)\n\(origin.identity)".utf8)[...])
  }

  var path: String { "\(directory)/\(name)" }

  func read() async -> ListCacheReading {
    do throws(Unusable) {
      guard let bytes = try contents() else { return .nothing }
      do throws(ListCacheText.Problem) {
        let list = try ListCacheText.read(bytes, of: origin)
        kept = bytes
        return .list(list)
      } catch {
        throw Unusable(Self.words(for: error))
      }
    } catch {
      // It would be as useless at the next start.
      unlink(path)
      return .dropped(error.reason)
    }
  }

  private struct Unusable: Error {
    var reason: String

    init(_ reason: String) {
      self.reason = reason
    }
  }

  private static func words(for problem: ListCacheText.Problem) -> String {
    switch problem {
    case .damaged: "it is damaged"
    case .otherVersion: "another version of the program has written it"
    case .foreign: "it is of another endpoint or another identity"
    }
  }

  private func contents() throws(Unusable) -> [UInt8]? {
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Unusable(SystemError.text(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Unusable(SystemError.text(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Unusable("it is not an ordinary file") }
    guard status.st_uid == geteuid() else { throw Unusable("its file belongs to somebody else") }
    guard status.st_mode & 0o077 == 0 else { throw Unusable("others had access to its file") }
    guard status.st_size <= ListCacheText.limit else { throw Unusable("it is too large") }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let start = filled
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Unusable(count < 0 ? SystemError.text(errno) : "it is damaged") }
      filled += count
    }
    return bytes
  }

  func keep(_ list: CachedList) async -> String? {
    let bytes = ListCacheText.write(list, of: origin)
    guard bytes != kept else { return nil }
    makeDirectory()
    let draft = "\(path).\(getpid())"
    // What an earlier process of this number may have left.
    unlink(draft)
    let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return SystemError.text(errno) }
    if let problem = Self.write(bytes, to: descriptor) ?? (rename(draft, path) == 0 ? nil : SystemError.text(errno)) {
      unlink(draft)
      return problem
    }
    kept = bytes
    prune()
    return nil
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return SystemError.text(count < 0 ? errno : ENOSPC) }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  /// Makes the directory and what leads to it, as the XDG base directory specification wants it. Opening the file tells
  /// when that did not work.
  private func makeDirectory() {
    var part = ""
    for name in directory.split(separator: "/") {
      part += "/" + name
      mkdir(part, 0o700)
    }
    var status = stat()
    if lstat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o077 != 0,
      status.st_uid == geteuid()
    {
      chmod(directory, 0o700)
    }
  }

  /// Removes the oldest files of other endpoints and identities.
  private func prune() {
    guard let folder = opendir(directory) else { return }
    defer { closedir(folder) }
    var files: [(path: String, date: Int)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(Self.prefix), name != self.name else { continue }
      var status = stat()
      let path = "\(directory)/\(name)"
      if lstat(path, &status) == 0 { files.append((path, status.st_mtim.tv_sec)) }
    }
    for file in files.sorted(by: { $0.date > $1.date }).dropFirst(Self.otherFiles) { unlink(file.path) }
  }
}
