import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Plain mode: creating and changing") @MainActor
struct PlainFormTests {
  @Test("the form asks one thing after the other, and creates once, with what was answered")
  func create() async throws {
    let talk = PlainTalk()
    #expect(try await talk.say("new").hasSuffix("Name, 1 to 100 characters: "))
    #expect(try await talk.say("").contains("! A name is needed."))
    #expect(try await talk.say(String(repeating: "x", count: 101)).contains("! 1 too many"))
    #expect(try await talk.say("Account 5").hasSuffix("Type, standard or enterprise [standard]: "))
    #expect(try await talk.say("golden").contains("There is no type golden to choose."))
    #expect(try await talk.say("enterprise").hasSuffix("yes or no [no]: "))
    #expect(try await talk.say("").contains("Unit ID, only if you administer several tenants"))
    #expect(try await talk.say("").contains("Business details"))
    #expect(try await talk.say("yes").hasSuffix("Company, - for none [none]: "))
    #expect(try await talk.say("Harbor Ltd").hasSuffix("Address, - for none [none]: "))
    for _ in 0..<3 { try await talk.say("") }
    let summary = try await talk.say("ref-7")
    for line in [
      "Name: Account 5", "Type: enterprise", "Two-factor: not required", "Company: Harbor Ltd", "Reference: ref-7",
    ] {
      #expect(summary.contains("\n\(line)\n"), "\(line)")
    }
    #expect(summary.contains("An account already has this name: ab00…0005"))
    #expect(summary.hasSuffix("Create it? yes or no [no]: "))
    #expect(talk.service.writes.isEmpty)
    let text = try await talk.say("yes")
    #expect(text.contains("Creating. It is sent once.") && text.contains("Created Account 5 as ab00…ffff."))
    #expect(text.hasSuffix("tenantry> "))
    #expect(talk.service.writes == ["POST Account 5"])
    #expect(try await talk.say("list").contains("1. Account 5, just created, enterprise, "))
  }

  @Test("a creation can be written ahead, and the two-factor requirement follows it")
  func script() async throws {
    let talk = PlainTalk()
    talk.lines.waiting = ["new", "Harbor", "", "yes", "", "", "yes", "quit"].map(LineInput.text)
    try await talk.wait()
    #expect(talk.console.isOver)
    #expect(talk.service.writes == ["POST Harbor", "PUT \(Fixture.id(0xFFFF))"])
    #expect(talk.lines.text.contains("Created Harbor as ab00…ffff, with two-factor required."))
  }

  @Test("a unit is chosen by its number")
  func unit() async throws {
    let talk = PlainTalk()
    let units = [Tenant.Unit(id: "u1", name: "North"), Tenant.Unit(id: "u2", name: "South")]
    talk.service.change { $0.tenants = [Tenant(id: "t", name: "Harbor Hosting", units: units)] }
    talk.lines.waiting = ["new", "Harbor", "", ""].map(LineInput.text)
    let text = try await talk.wait()
    #expect(text.contains("\n2. South, Harbor Hosting\n") && text.hasSuffix("Unit, a number or 0 for none [none]: "))
    #expect(try await talk.say("3").contains("A number from 0 to 2 is needed."))
    try await talk.say("2")
    #expect(try await talk.say("no").contains("\nUnit: South\n"))
  }

  @Test("a single point leaves the form, and what was typed is there the next time")
  func draft() async throws {
    let talk = PlainTalk()
    try await talk.say("new")
    try await talk.say("Harbor")
    #expect(try await talk.say(".").contains("The draft is kept"))
    #expect(try await talk.say("new").hasSuffix("Name, 1 to 100 characters [Harbor]: "))
    #expect(try await talk.say("").hasSuffix("[standard]: "))
    #expect(talk.service.writes.isEmpty)
  }

  @Test("what the server refuses is asked for again, and what is not known is not sent twice")
  func failures() async throws {
    let talk = PlainTalk()
    talk.service.change {
      $0.writeFailure = CloudflareError(
        .refused, status: 400,
        errors: [APIMessage(code: 1001, message: "name is bad", source: .init(pointer: "/name"))])
    }
    talk.lines.waiting = ["new", "Harbor", "", "", "", "", "yes"].map(LineInput.text)
    let text = try await talk.wait()
    #expect(text.contains("! Refused: name is bad") && text.hasSuffix("Name, 1 to 100 characters [Harbor]: "))
    talk.service.change { $0.writeFailure = CloudflareError(.timedOut) }
    talk.lines.waiting = ["Harbor 2", "", "", "", "", "yes"].map(LineInput.text)
    let unknown = try await talk.wait()
    #expect(unknown.contains("! Not known whether it was created"))
    #expect(unknown.hasSuffix("Find out? v, or an empty line for later [later]: "))
    #expect(try await talk.say("").contains("tenantry> "))
    #expect(try await talk.say("activity").contains("1. create Harbor 2, not known, "))
    #expect(talk.service.writes == ["POST Harbor", "POST Harbor 2"])
  }

  @Test("read-only has no form, and a dry run sends nothing")
  func gates() async throws {
    let readOnly = PlainTalk(isReadOnly: true)
    #expect(try await readOnly.say("new").contains("This console was started read-only: it changes nothing."))
    try await readOnly.say("list")
    #expect(try await readOnly.say("edit 1").contains("This console was started read-only: it changes nothing."))
    let dryRun = PlainTalk(isDryRun: true)
    dryRun.lines.waiting = ["new", "Harbor", "", "", "", ""].map(LineInput.text)
    #expect(try await dryRun.wait().hasSuffix("Try it without sending? yes or no [no]: "))
    let receipt = try await dryRun.say("yes")
    #expect(receipt.contains("Dry run: POST /accounts would have created Harbor. Nothing was sent"))
    #expect(readOnly.service.writes.isEmpty && dryRun.service.writes.isEmpty)
  }

  @Test("an account is changed after old and new were told")
  func edit() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    #expect(try await talk.say("edit 3").hasSuffix("Name [Account 2]: "))
    #expect(try await talk.say("Harbor").hasSuffix("Require two-factor of every member? yes or no [no]: "))
    #expect(try await talk.say("yes").hasSuffix("E-mail for reports of abuse, - for none [none]: "))
    let review = try await talk.say("")
    #expect(review.contains("\nName: is Account 2, then Harbor\nTwo-factor: is not required, then required\n"))
    #expect(review.hasSuffix("Save it? yes or no [no]: "))
    #expect(talk.service.writes.isEmpty)
    #expect(try await talk.say("yes").contains("Changed name, two-factor of Harbor."))
    #expect(talk.service.writes == ["PUT \(Fixture.id(2))"])
    #expect(talk.service.accounts[2].name == "Harbor")
    try await talk.say("edit 3")
    #expect(try await talk.say("").hasSuffix("[yes]: "))
    try await talk.say("")
    #expect(try await talk.say("").contains("Nothing is changed."))
    #expect(talk.service.writes.count == 1)
  }
}
