import Cloudflare
import FoundationEssentials
import Glibc

/// Caches the list of one endpoint and one identity between runs, in a file that only its owner can read. The file is
/// replaced atomically, so that a reader never sees a part of it.
actor FileListCache {
  private struct Contents: Codable {
    var version = FileListCache.version
    var origin: WriteOrigin
    var list: CachedList
    /// The problems of names, which the encoded accounts do not contain.
    var nameProblems: [Account.ID: Account.NameProblem]
  }

  /// The part that files of all versions have in common.
  private struct Version: Decodable { var version: Int }

  private static let version = 2
  /// The most bytes of a file.
  static let limit = 8 * 1024 * 1024
  /// The most files of other endpoints and identities.
  static let otherFiles = 15
  private static let prefix = "accounts-"

  private let directory: String
  private let origin: WriteOrigin
  nonisolated let path: String
  /// The file's last known content.
  private var kept: Data?

  /// - Parameters:
  ///   - directory: the directory of the file, which ``keep(_:)`` creates.
  ///   - origin: the endpoint and the identity of the list. The file's name reveals neither.
  init(directory: String, origin: WriteOrigin) {
    self.directory = directory
    self.origin = origin
    // FNV-1a, 64 bits: unlike Swift's own hash, the same in every run.
    let hash = "\(origin.endpoint)\n\(origin.identity)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    path = "\(directory)/\(Self.prefix)\(String(hash, radix: 16))"
  }

  func read() -> ListCacheReading {
    let reading = readFile()
    // Otherwise the next start would drop the file again.
    if case .dropped = reading { unlink(path) }
    return reading
  }

  private func readFile() -> ListCacheReading {
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .nothing : .dropped(SystemError.text(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    guard status.st_mode & S_IFMT == S_IFREG else { return .dropped("it is not an ordinary file") }
    guard status.st_uid == geteuid() else { return .dropped("its file belongs to somebody else") }
    guard status.st_mode & 0o077 == 0 else { return .dropped("others had access to its file") }
    guard status.st_size <= Self.limit else { return .dropped("it is too large") }
    var data = Data(count: Int(status.st_size))
    let count = data.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count == data.count else { return .dropped(count < 0 ? SystemError.text(errno) : "it is damaged") }
    let decoder = JSONDecoder()
    let version = (try? decoder.decode(Version.self, from: data).version) ?? Self.version
    guard version == Self.version else { return .dropped("another version of the program has written it") }
    // The decoding of accounts is lenient: it ignores fields that are not UTF-8, so the file is validated first.
    guard String(validating: data, as: UTF8.self) != nil, let contents = try? decoder.decode(Contents.self, from: data),
      case var list = contents.list, list.isPlausible
    else { return .dropped("it is damaged") }
    guard contents.origin == origin else { return .dropped("it is of another endpoint or another identity") }
    for page in list.pages.indices {
      for (index, account) in list.pages[page].accounts.enumerated() {
        if let problem = contents.nameProblems[account.id] { list.pages[page].accounts[index].nameProblem = problem }
      }
    }
    kept = data
    return .list(list)
  }

  /// Replaces the cached list, unless it is the same.
  ///
  /// - Returns: the failure in words; `nil` for success.
  func keep(_ list: CachedList) -> String? {
    // Encoding cannot fail: the only floating-point numbers are dates, which are finite.
    guard let data = try? data(of: list), data != kept else { return nil }
    // A failure shows when the draft is opened.
    try? FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let draft = "\(path).\(getpid())"
    // An earlier process with the same ID may have left a draft.
    unlink(draft)
    let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return SystemError.text(errno) }
    defer { close(descriptor) }
    let count = data.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard count == data.count, rename(draft, path) == 0 else {
      // A short write means that the disk is full.
      defer { unlink(draft) }
      return SystemError.text(0..<data.count ~= count ? ENOSPC : errno)
    }
    kept = data
    prune()
    return nil
  }

  /// - Returns: the list as JSON, without its last pages if it exceeds ``limit``.
  private func data(of list: CachedList) throws -> Data {
    let encoder = JSONEncoder()
    // Sorted keys encode the same list to the same bytes.
    encoder.outputFormatting = .sortedKeys
    let problems = list.pages.flatMap(\.accounts).reduce(into: [:]) { $0[$1.id] = $1.nameProblem }
    let data = try encoder.encode(Contents(origin: origin, list: list, nameProblems: problems))
    guard data.count > Self.limit, !list.pages.isEmpty else { return data }
    var shorter = list
    shorter.pages.removeLast(1 + list.pages.count * (data.count - Self.limit) / data.count)
    return try self.data(of: shorter)
  }

  /// Removes the oldest files of other endpoints and identities.
  private func prune() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let others = names.filter { $0.hasPrefix(Self.prefix) }.map { "\(directory)/\($0)" }.filter { $0 != path }
    let dated = others.map { path in
      var status = stat()
      lstat(path, &status)
      return (path, date: status.st_mtim.tv_sec)
    }
    for (path, _) in dated.sorted(by: { $0.date > $1.date }).dropFirst(Self.otherFiles) { unlink(path) }
  }
}
