import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Plain mode: writes") @MainActor
struct PlainActivityTests {
  /// A deletion of account 2 by somebody else, of which it is not known what became of it.
  private func doubtful() async throws -> MemoryJournal {
    var intent = WriteIntent(
      id: "lost", date: Date(timeIntervalSince1970: 1_600_000_000), origin: Fixture.origin,
      operation: .delete(Fixture.id(2), name: "Account 2"))
    intent.origin.identity = "somebody@else.example"
    let journal = MemoryJournal()
    try await journal.begin(intent)
    try await journal.finish("lost", WriteOutcome(.unknown, date: intent.date, httpStatus: 502))
    return journal
  }

  @Test("verify reads what became of a write, and tells it")
  func verify() async throws {
    let journal = try await doubtful()
    let talk = PlainTalk(journal: journal)
    #expect(try await talk.say("verify").contains("verify needs the number of a write: verify 1, for example."))
    #expect(try await talk.say("verify 1").contains("There is no write 1 among those that were printed last."))
    #expect(try await talk.say("activity").contains("1. delete Account 2, ID ab00…0002, not known, HTTP 502"))
    let text = try await talk.say("verify 1")
    #expect(text.contains("Reading whether it has happened; this takes a few seconds."))
    #expect(
      text.contains("Outcome: Nothing was found of it when it could act no more.") && text.hasSuffix("tenantry> "))
    #expect(try await talk.say("verify 1").contains("Read at "))
    #expect(try await journal.read().history.entry("lost")?.outcome?.kind == .notDone)
  }

  @Test("dismiss says what it has done, and is kept before anything else is asked")
  func advance() async throws {
    let journal = try await doubtful()
    let talk = PlainTalk(journal: journal)
    talk.service.change { $0.accounts.removeAll { $0.id == Fixture.id(2) } }
    try await talk.say("activity")
    #expect(try await talk.say("dismiss 1").contains("It has not been looked up yet."))
    #expect(try await talk.say("verify 1").contains("Nothing of it can be seen as who is signed in now"))
    talk.lines.waiting = ["dismiss 1", "quit"].map(LineInput.text)
    #expect(try await talk.wait().contains("Dismissed by hand: it blocks no other write any more."))
    #expect(talk.console.isOver)
    #expect(try await journal.read().history.entry("lost")?.outcome?.kind == .dismissed)
  }

  @Test("older goes on to the writes before, and says when there are none")
  func older() async throws {
    let journal = MemoryJournal()
    for number in 0..<25 {
      let intent = WriteIntent(
        id: "\(number)", date: Date() - Double(1_000 - number), origin: Fixture.origin,
        operation: .delete(Fixture.id(number), name: "Account \(number)"))
      try await journal.begin(intent)
      try await journal.finish(intent.id, WriteOutcome(.confirmed, date: intent.date))
    }
    let talk = PlainTalk(journal: journal)
    let newest = try await talk.say("activity")
    #expect(newest.contains("Writes 1 to 20 of 25, the newest first.\n1. delete Account 24, "))
    #expect(newest.contains("older goes on."))
    let older = try await talk.say("older")
    #expect(older.contains("Writes 21 to 25 of 25, the newest first.\n21. delete Account 4, "))
    #expect(!older.contains("older goes on."))
    #expect(try await talk.say("activity 25").contains("Delete: Account 0\n"))
    #expect(try await talk.say("older").contains("Those were all writes. activity prints the newest."))
  }

  @Test("a write that the journal has no more is told of, and no other is dismissed or looked up in its place")
  func gone() async throws {
    for command in ["verify 1", "dismiss 1", "activity 1"] {
      let journal = ReplacedJournal(first: try await doubtful().read())
      let talk = PlainTalk(journal: journal)
      try await talk.say("activity")
      await journal.replace(by: ActivityFixture.reading)
      let text = try await talk.say(command)
      #expect(text.contains("The journal does not have that write any more."), "\(command)")
      #expect(talk.console.state.writes.lookUps.isEmpty)
      #expect(talk.console.state.writes.history == ActivityFixture.reading.history)
    }
  }

  @Test("Ctrl-C warns of each write that is on its way before it leaves without the answer")
  func warned() async throws {
    let talk = PlainTalk()
    for name in ["Harbor", "Pine"] {
      talk.lines.waiting = ["new", name, "", "", "", ""].map(LineInput.text)
      #expect(try await talk.wait().hasSuffix("Create it? yes or no [no]: "))
      talk.service.change { $0.keepsBack = true }
      talk.lines.waiting.append(.text("yes"))
      try await eventually {
        talk.console.advance()
        return talk.console.state.writes.isSending
      }
      talk.console.interrupt()
      talk.service.change { $0.keepsBack = false }
      let text = try await talk.wait()
      #expect(text.contains("The one request is on its way and cannot be taken back."), "\(name)")
      #expect(text.contains("Created \(name)"))
      #expect(!talk.console.isOver)
    }
  }
}

/// A journal whose file somebody puts another one in the place of.
private actor ReplacedJournal: WriteJournal {
  nonisolated let process = ActivityFixture.process
  private var reading: JournalReading

  init(first: JournalReading) {
    reading = first
  }

  func replace(by reading: JournalReading) { self.reading = reading }
  func read() async throws(JournalProblem) -> JournalReading { reading }
  func begin(_ intent: WriteIntent) async throws(JournalProblem) { throw .closed }
  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) { throw .closed }
}
