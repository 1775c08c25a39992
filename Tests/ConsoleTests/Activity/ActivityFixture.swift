import Cloudflare
import FoundationEssentials

@testable import Console

/// Writes of every kind and with every end.
enum ActivityFixture {
  /// 2026-11-24 12:00 UTC, as ``Person`` has it.
  static let now = Date(timeIntervalSince1970: 1_795_521_600)

  static func intent(_ id: String, minutesAgo minutes: Double, _ operation: WriteOperation) -> WriteIntent {
    WriteIntent(id: id, date: now - minutes * 60, origin: Fixture.origin, operation: operation)
  }

  /// - Parameter date: when it was known, by the server's clock, that there was no other account of that name.
  static func creation(
    _ name: String, key: String = "6f1c0f27b5e34d10a1b2c3d4e5f60718", knownOn date: Date? = nil
  ) -> WriteOperation {
    .create(
      Creation(
        NewAccount(name: name, type: .standard), idempotencyKey: key, knowsAllDuplicateNames: date != nil,
        serverDate: date))
  }

  static let process = ProcessIdentity(id: 4711, started: 1, system: "test")

  static var reading: JournalReading {
    var history = WriteHistory()
    func add(_ intent: WriteIntent, _ outcome: WriteOutcome?) {
      history.apply(.intent(intent, process))
      if let outcome { history.apply(.outcome(intent.id, outcome)) }
    }
    let ray = "8f00c0ffee00beef-ZRH"
    func outcome(_ kind: WriteOutcome.Kind, _ id: Account.ID?, _ status: Int?, _ said: String? = nil) -> WriteOutcome {
      WriteOutcome(
        kind, date: now - 60, accountID: id, httpStatus: status, ray: status == nil ? nil : ray, message: said)
    }
    add(intent("1", minutesAgo: 60 * 24 * 40, creation("Café Zürich 東京")), outcome(.confirmed, Fixture.id(40), 200))
    add(
      intent("2", minutesAgo: 300, .update(Fixture.id(7), AccountChanges(name: "rtl \u{202E}txt\u{1B}[31m\u{7}"))),
      outcome(.confirmed, Fixture.id(7), 200))
    add(
      intent("3", minutesAgo: 200, creation(String(repeating: "Long name ", count: 9))),
      outcome(.refused, nil, 403, "Cloudflare refused (403): account creation not allowed (1002). cf-ray \(ray)."))
    add(
      intent("4", minutesAgo: 90, .delete(Fixture.id(3), name: "Account 3")),
      outcome(.notDone, Fixture.id(3), nil, "Found by reading: the account is still there."))
    add(
      intent("5", minutesAgo: 80, creation("Dismissed")),
      outcome(.dismissed, nil, nil, "Dismissed by hand, without its being known what happened."))
    add(
      intent("6", minutesAgo: 2, .delete(Fixture.id(4), name: "Account 4")),
      outcome(
        .unknown, Fixture.id(4), 502, "Cloudflare's edge answered 502 with text/html instead of JSON. cf-ray \(ray)."))
    add(intent("7", minutesAgo: 1, creation("Elsewhere")), nil)
    return JournalReading(
      history: history, lives: ["6": .ended, "7": .running],
      warnings: JournalWarnings(unreadableLines: 2, setAside: 1, setAsidePath: "/home/a/journal.jsonl.torn"))
  }
}
