import Cloudflare
import FoundationEssentials
import NIOCore
import Testing

@testable import Sandbox

@Suite("The data file")
struct DataFileTests {
  /// A directory of its own for the body, gone afterwards.
  private func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/sandbox-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await body(directory)
  }

  private func read(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

  private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

  /// Makes a few changes of every kind, and gives what the sandbox then shows.
  @discardableResult
  private func change(_ sandbox: TestSandbox) async throws -> [[UInt8]] {
    let created = try await sandbox.send(
      "POST", "/accounts", #"{"name": "Bürö \"1\"", "type": "enterprise"}"#, adding: ["Idempotency-Key": "k"]
    ).account()
    let renamed = try await sandbox.account(8)
    _ = try await sandbox.send(
      "PUT", "/accounts/\(renamed.id)",
      #"{"name": "Neu", "settings": {"enforce_twofactor": true, "abuse_contact_email": "a@b.example"}}"#)
    _ = try await sandbox.send("PUT", "/accounts/\(created.id)", #"{"name": "東京"}"#)
    let account = try await sandbox.account { try await sandbox.get("/accounts/\($0.id)/gateway").status == 200 }
    _ = try await sandbox.send("DELETE", "/accounts/\(account.id)/gateway")
    _ = try await sandbox.send("DELETE", "/accounts/\(try await sandbox.account(20).id)")
    return try await view(sandbox)
  }

  private func view(_ sandbox: TestSandbox) async throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    for page in 1...3 {
      let reply = try await sandbox.get("/accounts?per_page=50&page=\(page)")
      bodies.append(reply.body)
      for account in try reply.accounts() {
        bodies.append([UInt8(try await sandbox.get("/accounts/\(account.id)/gateway").status == 200 ? 1 : 0)])
      }
    }
    return bodies
  }

  private func options(_ file: String) -> SandboxOptions {
    .with {
      $0.dataFile = file
      $0.rateLimit = 0
    }
  }

  @Test("everything that was written survives a restart, keys included")
  func restart() async throws {
    try await withDirectory { directory in
      let options = options(directory + "/data")
      let before = try await TestSandbox.run(options) { try await change($0) }
      try await TestSandbox.run(options) { sandbox async throws in
        #expect(try await view(sandbox) == before)
        let again = try await sandbox.send(
          "POST", "/accounts", #"{"name": "Bürö \"1\"", "type": "enterprise"}"#, adding: ["Idempotency-Key": "k"])
        #expect(try again.account().name == "東京")
        let other = try await sandbox.send("POST", "/accounts", #"{"name": "b"}"#, adding: ["Idempotency-Key": "k"])
        #expect(other.status == 400)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["data"])
    }
  }

  @Test("cut off at any byte, it loses what comes after and nothing before")
  func torn() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try await TestSandbox.run(options(path)) { _ = try await change($0) }
      let whole = try read(path)
      let ends = whole.indices.filter { whole[$0] == 0x0A }.map { $0 + 1 }
      #expect(ends.count == 6)
      for length in ends[0]...whole.count {
        await Task.yield()
        try write(Array(whole.prefix(length)), path)
        let (file, state) = try DataFile.open(path, accounts: 120, seed: nil, deletionDelay: .zero)
        #expect(state.changes.count <= ends.count - 1)
        let kept = ends.last { $0 <= length } ?? 0
        #expect(try read(path) == Array(whole.prefix(kept)))
        // What is written next is good again.
        try file.append(.deleted(position: 99, at: .now))
        let content = try DataContent(try read(path), path: path, deletionDelay: .zero)
        #expect(content.changes == ends.firstIndex(of: kept).map { $0 + 1 })
      }
    }
  }

  @Test("a changed bit anywhere makes it refused, and it is left untouched")
  func damaged() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try await TestSandbox.run(options(path)) { _ = try await change($0) }
      let whole = try read(path)
      // Without the last line break, the last line is one that was not finished; that is not damage.
      for offset in whole.indices.dropLast() {
        await Task.yield()
        var bytes = whole
        bytes[offset] ^= 1 << UInt8(offset % 8)
        try write(bytes, path)
        let error = #expect(throws: SandboxError.self) {
          try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .zero)
        }
        guard case .damaged(path, _)? = error else {
          Issue.record("byte \(offset): \(String(describing: error))")
          continue
        }
        #expect(try read(path) == bytes)
      }
    }
  }

  @Test("lines that are missing or in another order make it refused")
  func reordered() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try await TestSandbox.run(options(path)) { _ = try await change($0) }
      let lines = try read(path).split(separator: 0x0A).map(Array.init)
      for order in [[0, 2, 1, 3, 4, 5], [0, 1, 2, 4, 5], [0, 1, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5]] {
        try write(order.flatMap { lines[$0] + [0x0A] }, path)
        #expect(throws: SandboxError.self) { try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .zero) }
      }
    }
  }

  @Test("changes that are written well and cannot be shown are refused, each with its line")
  func senseless() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      let (first, state) = try DataFile.open(path, accounts: 20, seed: nil, deletionDelay: .zero)
      first.close()
      let header = try read(path)
      func account(_ change: (inout AccountRecord) -> Void) -> AccountRecord {
        var account = state.account(at: 8)
        change(&account)
        return account
      }
      let changes: [AccountChange] = [
        .updated(account { $0.unit = 99 }), .updated(account { $0.unit = -1 }), .updated(account { $0.position = 20 }),
        .updated(account { $0.createdOn = Timestamp(microseconds: .max) }),
        .updated(account { $0.createdOn = Timestamp(microseconds: -1) }),
        .deleted(position: 3, at: Timestamp(microseconds: .max)),
        .deleted(position: 3, at: Timestamp(microseconds: .min)), .deleted(position: -1, at: .now),
        .survivorRemoved(position: 20, .gateway),
      ]
      for change in changes {
        try write(header, path)
        let (file, _) = try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .zero)
        try file.append(change)
        file.close()
        let error = #expect(throws: SandboxError.self) {
          try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .seconds(86_400))
        }
        #expect(error.map { "\($0)".contains("line 2 makes no sense") } == true, "\(change)")
      }
    }
  }

  @Test("another program's file is refused and left untouched", arguments: ["hello\n", "\0\0\0\0", "{}\n", "x"])
  func foreign(content: String) async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try write(Array(content.utf8), path)
      let error = await #expect(throws: SandboxError.self) { try await SandboxServer.start(options(path)) }
      #expect(error.map { "\($0)".contains("left as it is") || "\($0)".contains("left as it was") } == true)
      #expect(try read(path) == Array(content.utf8))
    }
  }

  @Test("an empty file is taken as new")
  func emptyFile() async throws {
    try await withDirectory { directory in
      try write([], directory + "/data")
      let before = try await TestSandbox.run(options(directory + "/data")) { try await change($0) }
      let after = try await TestSandbox.run(options(directory + "/data")) { try await view($0) }
      #expect(after == before)
    }
  }

  @Test("two sandboxes cannot share it")
  func locked() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try await TestSandbox.run(options(path)) { _ async throws in
        await #expect(throws: SandboxError.dataFileInUse(path)) { try await SandboxServer.start(options(path)) }
      }
      try await TestSandbox.run(options(path)) { _ in }
    }
  }

  @Test("it remembers accounts and seed, and refuses others")
  func header() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      var options = options(path)
      options.seed = 5
      try await TestSandbox.run(options) { _ in }
      options.accounts = nil
      options.seed = nil
      let total = try await TestSandbox.run(options) { try await $0.get("/accounts").info().totalCount }
      #expect(total == 120)
      options.accounts = 121
      let accounts = await #expect(throws: SandboxError.self) { try await SandboxServer.start(options) }
      #expect(accounts.map { "\($0)".contains("120 accounts") } == true)
      options.accounts = nil
      options.seed = 6
      let seed = await #expect(throws: SandboxError.self) { try await SandboxServer.start(options) }
      #expect(seed.map { "\($0)".contains("seed 5") } == true)
    }
  }

  @Test("a place that cannot be written is said")
  func unusable() async throws {
    try await withDirectory { directory in
      for path in [directory, directory + "/missing/data", "/dev/null"] {
        let error = await #expect(throws: SandboxError.self) { try await SandboxServer.start(options(path)) }
        guard case .cannotUse(path, _)? = error else {
          Issue.record("\(path): \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test("what cannot be kept is answered with 500, and does not happen")
  func cannotKeep() async throws {
    try await withDirectory { directory in
      let options = options(directory + "/data")
      let (file, state) = try DataFile.open(directory + "/data", accounts: 5, seed: nil, deletionDelay: .zero)
      let api = API(options, state: state, file: file)
      // As good as a full disk: nothing more can be written.
      file.close()
      let headers = Authenticator.Headers(email: SandboxCredentials.email, key: SandboxCredentials.key)
      let id = state.catalog.id(state.account(at: 1))
      for (method, target, status) in [
        ("POST", "/client/v4/accounts", 500), ("PUT", "/client/v4/accounts/\(id)", 500),
        ("DELETE", "/client/v4/accounts/\(id)", 500), ("GET", "/client/v4/accounts/\(id)", 200),
      ] {
        let answer = await api.answer(
          to: API.Incoming(
            method: method, target: target, credentials: headers, body: Array(#"{"name": "Lost"}"#.utf8)))
        #expect(answer.status == status)
        #expect(!String(buffer: answer.body).contains("Lost"))
      }
      let list = await api.answer(
        to: API.Incoming(method: "GET", target: "/client/v4/accounts", credentials: headers, body: []))
      #expect(String(buffer: list.body).contains(#""total_count":5"#))
    }
  }

  @Test("a long history is rewritten short at the next start, and says the same")
  func compaction() async throws {
    try await withDirectory { directory in
      let path = directory + "/data"
      try await TestSandbox.run(options(path)) { _ = try await change($0) }
      try rename(path, times: 1_500)
      let long = try read(path).count
      for _ in 0..<2 {
        let (_, state) = try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .zero)
        #expect(state.account(at: 8).name == "Name 1499")
        #expect(state.account(at: 8).abuseContact == "a@b.example")
        #expect(state.creation(key: "k")?.account.name == "東京")
        #expect(state.positions == 121)
        #expect(try read(path).count < long / 20)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["data"])
    }
  }

  /// Writes so many changes of one account, and closes the file.
  private func rename(_ path: String, times: Int) throws {
    let (file, state) = try DataFile.open(path, accounts: nil, seed: nil, deletionDelay: .zero)
    var record = state.account(at: 8)
    for number in 0..<times {
      record.name = "Name \(number)"
      try file.append(.updated(record))
    }
  }
}
