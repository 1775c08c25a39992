import Cloudflare
import Testing

@testable import Console

extension TestDriver {
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
    keepBack(intent, because: .repeats(other))
    var history = WriteHistory()
    history.apply(.intent(other, .current))
    answerJournal(.success(JournalReading(history: history, lives: ["other": .running])))
    let effects = press(.character("v"))
    #expect(effects == [.readJournal])
    history.apply(.outcome("other", WriteOutcome(kind, date: environment.date, accountID: account)))
    answerJournal(.success(JournalReading(history: history)))
  }
}
