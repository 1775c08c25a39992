import Cloudflare
import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import Console

@Suite("The journal")
struct JournalTests {
  private func intent(_ id: String, _ operation: WriteOperation? = nil) -> WriteIntent {
    WriteIntent(
      id: id, date: Date(timeIntervalSince1970: 1_795_521_600.25), origin: Fixture.origin,
      operation: operation ?? .delete(id, name: "Account \(id)"))
  }

  private func outcome(_ kind: WriteOutcome.Kind) -> WriteOutcome {
    WriteOutcome(
      kind, date: Date(timeIntervalSince1970: 1_795_521_601.5), accountID: Fixture.id(1), httpStatus: 200,
      ray: "8f-ZRH",
      message: "said \u{1B}[31mred\u{202E}\n")
  }

  @Test("every record is one line of plain text, and is read as it was written")
  func records() throws {
    let name = "Har\u{1B}]0;x\u{7}\u{9B}31m\u{202E}bor\n\u{2028}\"\\ 👩‍👩‍👧‍👦 東京"
    let account = NewAccount(name: name, type: AccountType(rawValue: "odd"), unitID: "unit")
    let details = BusinessDetails(
      name: name, address: "1 Quay", email: "a@b.example", phone: "+41", externalMetadata: "crm-7")
    let detailed = NewAccount(name: name, type: .standard, business: details)
    let records: [JournalRecord] = [
      .intent(
        intent("a", .create(Creation(account, idempotencyKey: "key", duplicateNames: [Fixture.id(1)]))), .current),
      .intent(
        intent("b", .update("x", AccountChanges(name: name, settings: AccountSettings(enforceTwoFactor: true)))),
        .current),
      .intent(intent("c"), .current),
      .intent(
        intent(
          "e",
          .create(
            Creation(
              detailed, idempotencyKey: "key-2", requiresTwoFactor: true, knowsAllDuplicateNames: true,
              serverDate: Date(timeIntervalSince1970: 1_795_521_601)))), .current),
      .intent(
        intent("d", .delete("x", name: name, createdOn: Date(timeIntervalSince1970: 1_600_000_000.5))), .current),
      .intent(
        WriteIntent(
          id: "e", date: intent("e").date, origin: Fixture.origin, profile: "acme", operation: intent("e").operation),
        .current),
      .outcome("a", outcome(.unknown)),
      .outcome("b", WriteOutcome(.dismissed, date: intent("b").date)),
    ]
    for record in records {
      let line = try record.line
      for scalar in line.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: Issue.record("\(scalar.value) in \(line)")
        default: break
        }
      }
      #expect(try JournalRecord(line: Array(line.utf8)) == record)
    }
  }

  @Test("what is written outlasts the journal, in a file and directory that others cannot read")
  func outlasts() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/state/tenantry/journal.jsonl"
      let journal = FileJournal(path: path)
      let before = try await journal.read()
      #expect(before == .empty)
      #expect(!FileManager.default.fileExists(atPath: directory + "/state"))
      try await journal.begin(intent("a"))
      try await journal.finish("a", outcome(.confirmed))
      try await journal.begin(intent("b"))
      let reading = try await FileJournal(path: path).read()
      #expect(reading.history.entries.map(\.intent) == [intent("a"), intent("b")])
      #expect(reading.history.entries.map(\.outcome) == [outcome(.confirmed), nil])
      #expect(reading.lives == ["b": .running])
      #expect(mode(path) == 0o600 && mode(directory + "/state/tenantry") == 0o700)
    }
  }

  @Test("a file and directory that others could read are closed to them")
  func tightens() async throws {
    try await inTemporaryDirectory { directory in
      mkdir(directory + "/tenantry", 0o755)
      chmod(directory + "/tenantry", 0o755)
      let path = directory + "/tenantry/journal.jsonl"
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      chmod(path, 0o644)
      try await FileJournal(path: path).begin(intent("a"))
      #expect(mode(path) == 0o600 && mode(directory + "/tenantry") == 0o700)
    }
  }

  @Test("eight consoles append at once, and no line is lost or mixed with another")
  func manyWriters() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<8 {
          group.addTask {
            let journal = FileJournal(path: path, lockTimeout: .seconds(60))
            for number in 0..<25 {
              let id = "\(writer)-\(number)"
              try await journal.begin(intent(id))
              try await journal.finish(id, outcome(.confirmed))
            }
          }
        }
        try await group.waitForAll()
      }
      let lines = try lines(of: path)
      #expect(lines.count == 400)
      #expect(Set(lines).count == 400)
      let reading = try await FileJournal(path: path).read()
      #expect(reading.history.entries.count == 200 && reading.history.entries.allSatisfy { !$0.isOpen })
      #expect(reading.warnings == JournalWarnings())
    }
  }

  @Test("of two consoles that begin the same write, only one gets to send it")
  func sameWrite() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let results = await withTaskGroup(of: JournalProblem?.self) { group in
        for number in 0..<6 {
          let intent = intent("\(number)", .delete("same", name: "Same"))
          group.addTask {
            do throws(JournalProblem) {
              try await FileJournal(path: path).begin(intent)
              return nil
            } catch {
              return error
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.count { $0 == nil } == 1)
      #expect(try lines(of: path).count == 1)
      let journal = FileJournal(path: path)
      let first = try #require(try await journal.read().history.entries.first)
      try await journal.finish(first.id, outcome(.unknown))
      await #expect(throws: JournalProblem.repeats(first.intent)) {
        try await journal.begin(intent("next", .delete("same", name: "Same")))
      }
      try await journal.begin(intent("other", .delete("other", name: "Same")))
      try await journal.finish(first.id, outcome(.notDone))
      try await journal.begin(intent("next", .delete("same", name: "Same")))
    }
  }

  @Test("a line that was cut off is kept beside the file, told of, and in nobody's way")
  func torn() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let journal = FileJournal(path: path)
      try await journal.begin(intent("a"))
      try append(#"{"record":"intent","id":"b","na"#, to: path)
      try await journal.begin(intent("c"))
      let reading = try await journal.read()
      #expect(reading.history.entries.map(\.id) == ["a", "c"])
      #expect(reading.warnings == JournalWarnings(setAside: 1, setAsidePath: path + ".torn"))
      #expect(try lines(of: path + ".torn") == [#"{"record":"intent","id":"b","na"#])
      #expect(mode(path + ".torn") == 0o600)
      try append("again", to: path)
      let again = try await FileJournal(path: path).read()
      #expect(again.warnings.setAside == 2)
      #expect(try lines(of: path).count == 2)
    }
  }

  @Test("lines that cannot be read are counted and stay where they are")
  func unreadable() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let journal = FileJournal(path: path)
      try await journal.begin(intent("a"))
      try append(
        "not JSON\n{\"record\":\"news\",\"id\":\"b\",\"time\":\"2026-11-24T12:00:00.000Z\"}\n\0\u{1}\n\n", to: path)
      try await journal.finish("a", outcome(.refused))
      let reading = try await FileJournal(path: path).read()
      #expect(reading.warnings == JournalWarnings(unreadableLines: 3))
      #expect(reading.history.entries.map(\.outcome?.kind) == [.refused])
      #expect(try lines(of: path).contains("not JSON"))
    }
  }

  @Test("a full disk leaves nothing behind, and says so", arguments: [0, 1, 40])
  func fullDisk(room: Int) async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      try await FileJournal(path: path).begin(intent("a"))
      let calls = JournalCalls(write: { descriptor, bytes in
        guard room > 0 else {
          errno = ENOSPC
          return -1
        }
        return write(descriptor, bytes.baseAddress, room)
      })
      let full = FileJournal(path: path, calls: calls)
      await #expect(throws: JournalProblem.cannotWrite(path: path, reason: "the disk is full")) {
        try await full.begin(intent("b"))
      }
      let reading = try await full.read()
      #expect(reading.history.entries.map(\.id) == ["a"])
      #expect(try lines(of: path).count == 1)
      try await FileJournal(path: path).begin(intent("b"))
      let later = try await full.read()
      #expect(later.history.entries.map(\.id) == ["a", "b"])
      #expect(!FileManager.default.fileExists(atPath: path + ".torn"))
    }
  }

  @Test("what the disk does not confirm is not kept")
  func failedSync() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let calls = JournalCalls(sync: { _ in
        errno = EIO
        return -1
      })
      let failing = FileJournal(path: path, calls: calls)
      await #expect(throws: JournalProblem.cannotWrite(path: path, reason: "the device failed")) {
        try await failing.begin(intent("a"))
      }
      let reading = try await FileJournal(path: path).read()
      #expect(reading == .empty)
    }
  }

  @Test("every intent and outcome is synced before it counts as written")
  func synced() async throws {
    try await inTemporaryDirectory { directory in
      let count = Counter()
      let calls = JournalCalls(sync: { descriptor in
        count.add()
        return fsync(descriptor)
      })
      let journal = FileJournal(path: directory + "/journal.jsonl", calls: calls)
      try await journal.begin(intent("a"))
      #expect(count.value == 1)
      try await journal.finish("a", outcome(.confirmed))
      #expect(count.value == 2)
    }
  }

  @Test("a place that cannot hold a journal is said with its reason", arguments: ["file", "directory", "link", "pipe"])
  func unfit(kind: String) async throws {
    try await inTemporaryDirectory { directory in
      var path = directory + "/journal.jsonl"
      switch kind {
      case "file":
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        path += "/journal.jsonl"
      case "directory": mkdir(path, 0o700)
      case "link": symlink("/dev/null", path)
      default: mkfifo(path, 0o600)
      }
      let reasons = [
        "file": "a part of its path is not a directory", "directory": "it is a directory",
        "link": "it is a symbolic link", "pipe": "it is not an ordinary file",
      ]
      let reason = try #require(reasons[kind])
      await #expect(throws: JournalProblem.cannotWrite(path: path, reason: reason)) {
        try await FileJournal(path: path).begin(intent("a"))
      }
    }
  }

  @Test("a console that holds the file for too long is told of, and waited for no longer")
  func busy() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let journal = FileJournal(path: path, lockTimeout: .milliseconds(30))
      try await journal.begin(intent("a"))
      let holder = open(path, O_RDWR | O_CLOEXEC)
      defer { close(holder) }
      #expect(flock(holder, LOCK_EX) == 0)
      await #expect(throws: JournalProblem.busy(path: path)) { try await journal.begin(intent("b")) }
      // Closing would not do: a process that another test is just starting may have inherited the lock.
      #expect(flock(holder, LOCK_UN) == 0)
      try await journal.begin(intent("b"))
    }
  }

  @Test("a file that was put in place of the journal, or made shorter, is read from its beginning")
  func replaced() async throws {
    try await inTemporaryDirectory { directory in
      let path = directory + "/journal.jsonl"
      let journal = FileJournal(path: path)
      for id in ["a", "b"] { try await journal.begin(intent(id)) }
      try FileManager.default.removeItem(atPath: path)
      let removed = try await journal.read()
      #expect(removed == .empty)
      try await journal.begin(intent("c"))
      let anew = try await journal.read()
      #expect(anew.history.entries.map(\.id) == ["c"])
      truncate(path, 0)
      try await journal.begin(intent("d"))
      let shortened = try await journal.read()
      #expect(shortened.history.entries.map(\.id) == ["d"])
    }
  }
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .acquiring) }
  func add() { count.add(1, ordering: .acquiringAndReleasing) }
}

private func inTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
  let path = "/tmp/tenantry-journal-\(UUID().uuidString.lowercased())"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  do {
    try await body(path)
  } catch {
    try FileManager.default.removeItem(atPath: path)
    throw error
  }
  try FileManager.default.removeItem(atPath: path)
}

private func mode(_ path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
}

private func lines(of path: String) throws -> [String] {
  let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  #expect(text.isEmpty || text.hasSuffix("\n"))
  return text.split(separator: "\n").map(String.init)
}

private func append(_ text: String, to path: String) throws {
  var data = try Data(contentsOf: URL(filePath: path))
  data += Data(text.utf8)
  // Not atomically, which would put another file in its place.
  try data.write(to: URL(filePath: path))
}
