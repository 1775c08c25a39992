import Cloudflare
import FoundationEssentials
import Testing

@testable import Console

@Suite("What the journal tells, taken together")
struct LedgerTests {
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

  @Test("of more than 1,000 writes the newest are kept in memory, and every one that is not known to be over")
  func bounded() {
    var history = WriteHistory()
    for number in 0..<5_000 {
      history.apply(.intent(intent("\(number)"), .current))
      if number != 3 { history.apply(.outcome("\(number)", outcome(.confirmed))) }
    }
    #expect(history.entries.count <= 1_100)
    #expect(history.entries.first?.id == "3" && history.entries.last?.id == "4999")
    #expect(history.entries.suffix(999).map(\.id) == (4_001..<5_000).map(String.init))
  }

  @Test("what is known stays known, and status and cf-ray of the answer stay with it")
  func outcomes() {
    var history = WriteHistory()
    history.apply(.intent(intent("a"), .current))
    history.apply(.outcome("a", WriteOutcome(.unknown, date: intent("a").date, httpStatus: 502, ray: "8f-ZRH")))
    history.apply(.outcome("a", WriteOutcome(.confirmed, date: intent("a").date)))
    history.apply(.outcome("a", WriteOutcome(.unknown, date: intent("a").date)))
    history.apply(.outcome("nobody's", WriteOutcome(.unknown, date: intent("a").date)))
    #expect(
      history.entries.map(\.outcome) == [
        WriteOutcome(.confirmed, date: intent("a").date, httpStatus: 502, ray: "8f-ZRH")
      ])
  }

  @Test("an earlier try of the very same creation gives its key, unless it is known to have happened or been refused")
  func keys() {
    func key(after kind: WriteOutcome.Kind?, _ account: NewAccount, origin: WriteOrigin = Fixture.origin) -> String? {
      var history = WriteHistory()
      let earlier = NewAccount(name: "Caf\u{E9}", type: .standard)
      history.apply(.intent(intent("a", .create(Creation(earlier, idempotencyKey: "key"))), .current))
      if let kind { history.apply(.outcome("a", outcome(kind))) }
      return history.earlierTry(of: account, from: origin)?.idempotencyKey
    }
    let same = NewAccount(name: "Caf\u{E9}", type: .standard)
    for kind in [nil, .unknown, .notDone, .dismissed] as [WriteOutcome.Kind?] {
      #expect(key(after: kind, same) == "key")
    }
    for kind in [WriteOutcome.Kind.confirmed, .refused] { #expect(key(after: kind, same) == nil) }
    #expect(key(after: .notDone, NewAccount(name: "Caf\u{E9}", type: .enterprise)) == nil)
    #expect(key(after: .notDone, NewAccount(name: "Cafe\u{301}", type: .standard)) == nil)
    #expect(key(after: .notDone, same, origin: WriteOrigin(endpoint: "x", identity: "y")) == nil)
  }

  @Test("a process is known by its number, its start and its system")
  func processes() {
    let own = ProcessIdentity.current
    #expect(own.life == .running && own.started > 0)
    #expect(ProcessIdentity(id: own.id, started: own.started + 1, system: own.system).life == .ended)
    #expect(ProcessIdentity(id: Int32.max, started: 1, system: own.system).life == .ended)
    #expect(ProcessIdentity(id: own.id, started: own.started, system: "another").life == .outOfSight)
    #expect(ProcessIdentity(id: own.id, started: own.started, system: "").life == .outOfSight)
  }

  @Test("a correction that is still to be written down outlasts a reading of the journal, and what another found stays")
  func keepsCorrections() {
    func history(_ kinds: WriteOutcome.Kind...) -> WriteHistory {
      var history = WriteHistory()
      history.apply(.intent(intent("a"), .current))
      for kind in kinds { history.apply(.outcome("a", outcome(kind))) }
      return history
    }
    var reading = history(.notDone)
    reading.keepOutcomes(of: history(.notDone, .confirmed))
    #expect(reading.entry("a")?.outcome?.kind == .confirmed)
    var other = history(.notDone)
    other.keepOutcomes(of: history(.unknown))
    #expect(other.entry("a")?.outcome?.kind == .notDone)
  }

  @Test("what the server said and what was seen to have happened stays; that nothing was found may turn out wrong")
  func corrections() {
    func kind(after kinds: WriteOutcome.Kind...) -> WriteOutcome.Kind? {
      var history = WriteHistory()
      history.apply(.intent(intent("a"), .current))
      for kind in kinds { history.apply(.outcome("a", outcome(kind))) }
      return history.entry("a")?.outcome?.kind
    }
    #expect(kind(after: .notDone, .confirmed) == .confirmed && kind(after: .notDone, .unknown) == .unknown)
    #expect(kind(after: .confirmed, .notDone) == .confirmed && kind(after: .confirmed, .unknown) == .confirmed)
    #expect(kind(after: .refused, .confirmed) == .refused && kind(after: .dismissed, .unknown) == .dismissed)
  }
}
