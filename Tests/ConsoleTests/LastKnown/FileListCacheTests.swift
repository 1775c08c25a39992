import Cloudflare
import FoundationEssentials
import Glibc
import Testing

@testable import Console

@Suite("The file of the last known list")
struct FileListCacheTests {
  /// A directory that is not there yet, in one that is taken away afterwards.
  private func withDirectory(_ body: (String) async throws -> Void) async throws {
    let parent = "/tmp/tenantry-cache-\(UUID().uuidString.lowercased())"
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: parent) }
    try await body("\(parent)/cache/tenantry")
  }

  private func list(_ accounts: [Account], pages: Int = 1) -> CachedList {
    let size = (accounts.count + pages - 1) / pages
    return CachedList(
      perPage: 50, pageSize: 50, total: accounts.count,
      pages: (0..<pages).map { page in
        .init(
          number: page * 2 + 1, readOn: Date(timeIntervalSince1970: 1_795_000_000 + Double(page)),
          accounts: Array(accounts[page * size..<min(accounts.count, (page + 1) * size)]))
      })
  }

  private var odd: [Account] {
    [
      Account(id: "1", name: "tab\tnewline\nback\\slash\\0\\t\r\u{0}\u{202E}é株"), Account(id: "2", name: "\\0"),
      Account(id: "3", name: "", type: AccountType(rawValue: "later\tkind"), managedBy: .init(id: nil, name: "\\")),
      Account(id: "4", name: "x", settings: .init(enforceTwoFactor: false, abuseContactEmail: "")),
      Account(
        id: "5", name: "y", settings: .init(abuseContactEmail: "a@b"),
        createdOn: Date(timeIntervalSince1970: 1_230_768_000)),
      Fixture.account(0),
      Fixture.account(1).unnamed(.null), Fixture.account(2).unnamed(.noUnicode),
    ]
  }

  private func permissions(of path: String) -> UInt32 {
    var status = stat()
    return lstat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
  }

  @Test("what was kept is read by the next run, whatever is in its names")
  func roundTrip() async throws {
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      #expect(await cache.read() == .nothing)
      var list = list(odd, pages: 2)
      list.pageSize = 20
      #expect(await cache.keep(list) == nil)
      #expect(await FileListCache(directory: directory, origin: Fixture.origin).read() == .list(list))
      #expect(permissions(of: cache.path) == 0o600)
      #expect(permissions(of: directory) == 0o700)
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(files.count == 1)
    }
  }

  @Test("a list that has not changed is not written again, and one that has is replaced as a whole")
  func unchanged() async throws {
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      _ = await cache.keep(list(odd))
      var first = stat()
      lstat(cache.path, &first)
      let again = FileListCache(directory: directory, origin: Fixture.origin)
      _ = await again.read()
      _ = await again.keep(list(odd))
      var second = stat()
      lstat(cache.path, &second)
      #expect(first.st_ino == second.st_ino && first.st_mtim.tv_nsec == second.st_mtim.tv_nsec)
      #expect(await again.keep(list([])) == nil)
      lstat(cache.path, &second)
      #expect(first.st_ino != second.st_ino)
      #expect(await cache.read() == .list(list([])))
    }
  }

  /// Puts these bytes in the place of what was kept.
  private func write(_ bytes: some Sequence<UInt8>, to cache: FileListCache) throws {
    try Data(bytes).write(to: URL(filePath: cache.path))
    chmod(cache.path, 0o600)
  }

  /// Puts what was kept back with another text in the place of one that is in it once.
  private func replace(_ text: String, with other: String, in cache: FileListCache) throws {
    let kept = String(decoding: try Data(contentsOf: URL(filePath: cache.path)), as: UTF8.self)
    let parts = kept.split(separator: text, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    try write(parts.joined(separator: other).utf8, to: cache)
  }

  @Test("any cut drops the list, and so does damage after which it is none; no damage to any byte ends the program")
  func damage() async throws {
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      let list = list([Fixture.account(0, name: "é株"), Account(id: "1", name: "").unnamed(.null)])
      _ = await cache.keep(list)
      let bytes = try Data(contentsOf: URL(filePath: cache.path))
      for index in bytes.indices {
        try write(bytes[..<index], to: cache)
        #expect(await cache.read() == .dropped("it is damaged"))
        var damaged = bytes
        damaged[index] ^= index.isMultiple(of: 2) ? 1 : 0x80
        try write(damaged, to: cache)
        let reading = await cache.read()
        #expect(reading != .nothing)
        if case .list(let read) = reading { #expect(index.isMultiple(of: 2) && read.isPlausible) }
      }
      for text in ["", "\0", "{}", "[]", "null", "tenantry accounts 1\nwhatever\n"] {
        try write(text.utf8, to: cache)
        #expect(await cache.read() == .dropped("it is damaged"))
        #expect(await cache.read() == .nothing)
      }
      try write(bytes, to: cache)
      #expect(await cache.read() == .list(list))
    }
  }

  @Test(
    "numbers that no list has drop it",
    arguments: [
      (#""perPage":50"#, #""perPage":51"#), (#""perPage":50"#, #""perPage":0"#), (#""pageSize":50"#, #""pageSize":0"#),
      (#""pageSize":50"#, #""pageSize":100000001"#), (#""number":1,"#, #""number":0,"#),
      (#""number":1,"#, #""number":3,"#), (#""number":3,"#, #""number":-3,"#), (#""number":3,"#, #""number":1e30,"#),
    ])
  func implausible(text: String, other: String) async throws {
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      _ = await cache.keep(list(odd, pages: 2))
      try replace(text, with: other, in: cache)
      #expect(await cache.read() == .dropped("it is damaged"))
      #expect(await cache.read() == .nothing)
    }
  }

  @Test("another version, another identity, and files that others had access to are dropped with the reason")
  func foreign() async throws {
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      _ = await cache.keep(list(odd))
      let path = cache.path
      chmod(path, 0o644)
      #expect(await cache.read() == .dropped("others had access to its file"))
      #expect(await cache.read() == .nothing)

      try write(#"{"version":3,"whatever":null}"#.utf8, to: cache)
      #expect(await cache.read() == .dropped("another version of the program has written it"))
      #expect(await cache.read() == .nothing)
      for origin in [
        WriteOrigin(endpoint: "https://elsewhere", identity: Fixture.origin.identity),
        WriteOrigin(endpoint: Fixture.origin.endpoint, identity: "x"),
      ] {
        let other = FileListCache(directory: directory, origin: origin)
        _ = await other.keep(list(odd))
        #expect(rename(other.path, path) == 0)
        #expect(await cache.read() == .dropped("it is of another endpoint or another identity"))
        #expect(await cache.read() == .nothing)
      }
      symlink("/etc/passwd", path)
      #expect(await cache.read() == .dropped("it is a symbolic link"))
      #expect(await cache.read() == .nothing)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(await cache.read() == .dropped("it is not an ordinary file"))
    }
  }

  @Test("where nothing can be written, the reason is told and nothing is left")
  func cannotWrite() async throws {
    let cache = FileListCache(directory: "/proc/nowhere", origin: Fixture.origin)
    #expect(await cache.keep(list(odd)) != nil)
    #expect(await cache.read() == .nothing)
  }

  @Test("neither a secret nor an address is in the file's name, and other lists are kept apart and not for ever")
  func names() async throws {
    try await withDirectory { directory in
      let caches = (0..<20).map {
        FileListCache(directory: directory, origin: WriteOrigin(endpoint: "https://\($0)", identity: "a@b.example"))
      }
      for cache in caches { _ = await cache.keep(list(odd)) }
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(files.count == FileListCache.otherFiles + 1)
      #expect(files.allSatisfy { $0.wholeMatch(of: #/accounts-[0-9a-f]+/#) != nil })
      #expect(await caches[19].read() == .list(list(odd)))
    }
  }

  @Test("no more is kept than 20,000 accounts and 8 MiB")
  func bounds() async throws {
    var state = AccountList(perPage: 50)
    for page in 1...450 {
      state.receive(page: page, Fixture.page(page, of: 22_500), at: Date(timeIntervalSince1970: 0))
    }
    let list = CachedList(state)
    #expect(list.pages.map(\.accounts.count).reduce(0, +) == 20_000)
    let long = (0..<100).map { page in
      CachedList.Page(
        number: page + 1, readOn: Date(timeIntervalSince1970: 0),
        accounts: [Account(id: "\(page)", name: String(repeating: "x", count: 100_000))])
    }
    try await withDirectory { directory in
      let cache = FileListCache(directory: directory, origin: Fixture.origin)
      #expect(await cache.keep(CachedList(perPage: 50, pageSize: 50, total: nil, pages: long)) == nil)
      var status = stat()
      #expect(lstat(cache.path, &status) == 0 && status.st_size <= FileListCache.limit)
      let kept = CachedList(perPage: 50, pageSize: 50, total: nil, pages: Array(long[..<83]))
      #expect(await cache.read() == .list(kept))
      truncate(cache.path, off_t(FileListCache.limit + 1))
      #expect(await cache.read() == .dropped("it is too large"))
    }
  }
}
