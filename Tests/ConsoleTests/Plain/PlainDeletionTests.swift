import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Plain mode: deleting") @MainActor
struct PlainDeletionTests {
  /// Goes as far as to where the name is asked for.
  private func challenged(_ talk: PlainTalk, _ number: Int = 3) async throws -> String {
    try await talk.say("list")
    let review = try await talk.say("delete \(number)")
    #expect(review.hasSuffix("Go on to the challenge? yes, r to read again, or no [no]: "))
    return review + (try await talk.say("yes"))
  }

  @Test("the review, a wrong and a right name, the delay and the outcome are told in their order, and one is deleted")
  func whole() async throws {
    let talk = PlainTalk(inventory: .rich)
    let text = try await challenged(talk)
    #expect(text.contains("Name: Account 2\n") && text.contains("Will be destroyed, with everything else in it"))
    #expect(text.contains("Zones: 12, ") && text.contains("Logpush: 2: to-archive"))
    #expect(text.contains("Type the name of the account, exactly as it is."))
    #expect(try await talk.say("Account 3").contains("It differs at character 9. Nothing has been sent"))
    #expect(try await talk.say("Accoun").contains("It is only the beginning: character 7 is missing."))
    #expect(try await talk.say("account 2").contains("It differs at character 1."))
    #expect(talk.service.writes.isEmpty)
    talk.lines.waiting.append(.text("Account 2"))
    try await talk.wait(for: "Deleting Account 2 in 5 seconds. Press Enter to stop; nothing has been sent.")
    #expect(talk.service.writes.isEmpty)
    try await talk.passCountdown()
    let outcome = try await talk.wait()
    #expect(outcome.contains("The one request is on its way."))
    #expect(outcome.contains("✓ Deleted. A read after it says that the account is not there any more."))
    #expect(outcome.contains("Request: DELETE /accounts/\(Fixture.id(2))"))
    #expect(outcome.hasSuffix("tenantry> "))
    #expect(talk.service.writes == ["DELETE \(Fixture.id(2))"])
    #expect(try await talk.say("activity").contains("1. delete Account 2, ID ab00…0002, confirmed, HTTP 200"))
    #expect(try await talk.say("activity 1").contains("Outcome: It has happened."))
  }

  @Test("any line stops the seconds, and so do Ctrl-C and the end of the input; nothing is sent then")
  func stopped() async throws {
    let talk = PlainTalk()
    _ = try await challenged(talk)
    for isInterrupt in [false, true] {
      talk.lines.waiting.append(.text("Account 2"))
      try await eventually {
        talk.console.advance()
        return talk.console.state.inputContext == .countdown
      }
      if isInterrupt { talk.console.interrupt() } else { talk.lines.waiting.append(.text("")) }
      let text = try await talk.wait()
      #expect(text.contains("Stopped: nothing was sent.") && text.hasSuffix("Name, or an empty line to leave it: "))
    }
    talk.lines.waiting.append(.text("Account 2"))
    try await eventually {
      talk.console.advance()
      return talk.console.state.inputContext == .countdown
    }
    talk.lines.waiting.append(.end)
    try await talk.wait()
    #expect(talk.console.isOver && talk.service.writes.isEmpty && talk.service.accounts.count == 30)
  }

  @Test("lines that were sent ahead answer nothing of a deletion, and that is said")
  func ahead() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    talk.lines.waiting = ["delete 3", "yes", "Account 2"].map(LineInput.text) + [.end]
    try await talk.wait()
    #expect(talk.lines.text.contains("2 lines sent ahead of the question were dropped"))
    #expect(talk.lines.text.contains("The input has ended before the last answer: nothing more is sent."))
    #expect(talk.console.isOver && talk.service.writes.isEmpty)
  }

  @Test("no, an empty line and anything else than yes lead no further")
  func left() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    for answer in ["", "no"] {
      try await talk.say("delete 3")
      #expect(try await talk.say(answer).contains("Left: nothing was sent, and nothing is deleted."))
    }
    try await talk.say("delete 3")
    #expect(try await talk.say("sure").contains("yes goes on, no leaves it"))
    #expect(try await talk.say("r").contains("Review of a deletion, 1 of 3."))
    try await talk.say("yes")
    #expect(try await talk.say("").contains("Left: nothing was sent"))
    #expect(talk.console.state.dialog == nil && talk.service.writes.isEmpty)
  }

  @Test("Ctrl-C at a question leaves it, and the next command is asked for", arguments: [false, true])
  func interrupted(isChallenged: Bool) async throws {
    let talk = PlainTalk(isInteractive: true)
    try await talk.say("list")
    try await talk.say("delete 3")
    if isChallenged { try await talk.say("yes") }
    talk.console.interrupt()
    #expect(try await talk.wait() == "\nLeft: nothing was sent, and nothing is deleted.\ntenantry> ")
    #expect(talk.console.state.dialog == nil && !talk.console.isOver)
  }

  @Test("Ctrl-C leaves a deletion that waits for a server which lets nothing through")
  func interruptedWait() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    talk.service.change { $0.keepsBack = true }
    talk.lines.waiting.append(.text("delete 3"))
    try await talk.wait(for: "Reading the account again, and what it holds.")
    talk.block()
    talk.console.interrupt()
    let text = try await talk.wait()
    #expect(text.contains("\nLeft: nothing was sent, and nothing is deleted.\n") && text.hasSuffix("\ntenantry> "))
    #expect(talk.console.state.dialog == nil && !talk.console.isOver)
    talk.service.change { $0.keepsBack = false }
  }

  @Test("what is not as it was printed, protected or read-only is not offered")
  func blocked() async throws {
    let readOnly = PlainTalk(isReadOnly: true)
    try await readOnly.say("list")
    #expect(try await readOnly.say("delete 3").contains("This console was started read-only: it changes nothing."))
    #expect(!(try await readOnly.say("help")).contains("delete N"))
    let protected = PlainTalk(protected: ["Account 2"])
    try await protected.say("list")
    #expect(try await protected.say("delete 3").contains("Warning: Account 2 is protected from deletion"))
    let changed = PlainTalk()
    try await changed.say("list")
    changed.service.change { $0.accounts[2].name = "Acc0unt 2" }
    let text = try await changed.say("delete 3")
    #expect(text.contains("The account is not what the list showed. Nothing was deleted"))
    #expect(text.hasSuffix("tenantry> "))
    for talk in [readOnly, protected, changed] { #expect(talk.service.writes.isEmpty) }
  }

  @Test("a dry run walks to the end, and sends nothing")
  func dryRun() async throws {
    let talk = PlainTalk(isDryRun: true)
    #expect(try await talk.wait().contains("Dry run: nothing that writes is sent."))
    _ = try await challenged(talk)
    talk.lines.waiting.append(.text("Account 2"))
    try await talk.wait(for: "The dry run ends in 5 seconds.")
    try await talk.passCountdown()
    let text = try await talk.wait()
    #expect(text.contains("✓ Dry run: nothing was sent") && text.contains("DELETE /accounts/\(Fixture.id(2))"))
    #expect(talk.service.writes.isEmpty)
  }

  @Test("an outcome that is not known is told as that, and v finds out")
  func unknown() async throws {
    let talk = PlainTalk()
    _ = try await challenged(talk)
    talk.service.change { $0.writeFailure = CloudflareError(.timedOut) }
    talk.lines.waiting.append(.text("Account 2"))
    try await talk.wait(for: "Press Enter to stop")
    try await talk.passCountdown()
    let text = try await talk.wait()
    #expect(text.contains("! Not known whether it was deleted"))
    #expect(text.hasSuffix("Find out? v, or an empty line for later [later]: "))
    // It had come through all the same.
    talk.service.change { $0.accounts.removeAll { $0.id == Fixture.id(2) } }
    #expect(try await talk.say("v").contains("✓ Deleted."))
    #expect(talk.service.writes.count == 1)
  }

  @Test(
    "suspended at the challenge or in the seconds after it, what was begun is asked for again",
    arguments: [false, true])
  func suspended(isCounting: Bool) async throws {
    let talk = PlainTalk(isInteractive: true)
    _ = try await challenged(talk)
    if isCounting {
      talk.lines.waiting.append(.text("Account 2"))
      try await talk.wait(for: "Press Enter to stop")
    }
    talk.console.suspend()
    talk.console.resume()
    let text = try await talk.wait()
    #expect(text.hasSuffix("Name, or an empty line to leave it: "))
    #expect(text.contains("Stopped, because the program was suspended: nothing was sent") == isCounting)
    #expect(talk.lines.suspensions == 1 && talk.service.writes.isEmpty)
  }
}
