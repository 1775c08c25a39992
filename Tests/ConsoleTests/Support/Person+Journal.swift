import Cloudflare
import Testing

@testable import Console

extension Person {
  /// Has the write that was just asked for refused, since another console is sending one like it; asks what became of
  /// that one; and has the other console write down how it ended.
  ///
  /// - Parameter operation: the other console's, if it is not the same.
  mutating func finishElsewhere(
    as kind: WriteOutcome.Kind, account: Account.ID, operation: WriteOperation? = nil
  ) throws {
    let intent = try #require(effects.compactMap(\.intent).first)
    var other = intent
    other.id = "other"
    other.operation = operation ?? intent.operation
    send(.activity(.notSent(intent, .repeats(other))))
    var ledger = Ledger()
    ledger.apply(.intent(other, .current))
    answerJournal(.success(JournalReading(ledger: ledger, lives: ["other": .running])))
    let effects = press(.character("v"))
    #expect(effects == [.readJournal(token: try #require(state.activity.reading))])
    ledger.apply(.outcome("other", WriteOutcome(kind, date: moment.date, accountID: account)))
    answerJournal(.success(JournalReading(ledger: ledger)))
  }
}
