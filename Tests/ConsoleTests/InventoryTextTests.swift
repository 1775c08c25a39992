import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("What is said of an inventory")
struct InventoryTextTests {
  init() { setLocaleOnce() }

  @Test("nothing is cut and nothing passes the edge, whatever the width", arguments: 14...120)
  func widths(width: Int) {
    let rows = [
      TableRow(name: "a.example", state: "active", more: "Free Website"),
      TableRow(name: "株式会社ミナト.example", state: "pending", more: "Enterprise Website Plan of 2026"),
      TableRow(name: String(repeating: "long", count: 30), state: "not said", more: ""),
    ]
    let lines = TableLayout(rows: rows, width: width).lines
    for line in lines { #expect(SafeText(line.text).width <= width, "\(line.text)") }
    let text = lines.map(\.text).joined().filter { $0 != " " }
    for row in rows {
      for part in [row.name, row.state] {
        #expect(text.contains(part.filter { $0 != " " }) || width < 24, "\(part) is not in \(text)")
      }
    }
  }

  @Test("a part that contradicts itself is told with the reason, and what cannot be read in a list beside its number")
  func contradictions() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .failure(CloudflareError(.unreadable("it lists none and counts 5"), status: 200))
    answers.members = .success(CountedList(total: 3, first: [Member(id: "m", status: "pending")], unreadable: 2))
    driver.answerInventory(with: answers)
    #expect(driver.screen.contains("Zones       could not check (it lists none and"))
    #expect(driver.screen.contains("Members      3 (2 unreadable)  1 pending"))
    #expect(!driver.screen.contains("loads the rest"))
    driver.press(.character("D"))
    driver.answerReview(with: answers)
    #expect(driver.screen.contains("could not check (it lists none and counts 5)"))
    #expect(driver.screen.contains("3 (2 unreadable), 1 not yet accepted"))
  }

  @Test("names and states stand in columns; a name that is too long has a line of its own")
  func columns() {
    let rows = [
      TableRow(name: "a.example", state: "active", more: "Free"),
      TableRow(name: "bcd.example", state: "pending", more: "Pro"),
      TableRow(name: "a-name-that-does-not-fit-into-the-column.example", state: "moved", more: "Free"),
    ]
    #expect(
      TableLayout(rows: rows, width: 50).lines.map(\.text) == [
        "  a.example    active   Free",
        "  bcd.example  pending  Pro",
        "  a-name-that-does-not-fit-into-the-column.example",
        "               moved    Free",
      ])
    #expect(
      TableLayout(rows: rows, width: 24).lines.prefix(2).map(\.text) == ["  a.example", "    active, Free"])
  }

  @Test(
    "amounts are written as people write them",
    arguments: [
      (0, "0"), (200, "200"), (5.5, "5.50"), (0.05, "0.05"), (4_500, "4,500"), (19.999, "20"), (-3.2, "-3.20"),
      (1e15, "1000000000000000.0"), (.nan, "nan"),
    ] as [(Double, String)])
  func amounts(amount: Double, text: String) {
    #expect(Wording.amount(amount) == text)
  }

  @Test("what helps is said of parts that are forbidden, and not of those that the server does not have")
  func nextSteps() throws {
    func text(gateway error: CloudflareError) -> String {
      var driver = TestDriver(accounts: 30)
      driver.rest()
      var answers = InventoryAnswers()
      answers.gateway = .failure(error)
      driver.answerInventory(with: answers)
      driver.press(.enter)
      driver.answerInventory(with: answers)
      return driver.detailText.lines(width: 50).map(\.text).joined(separator: " ")
    }
    let absent = CloudflareError(.refused, status: 404, errors: [APIMessage(code: 2009, message: "Gateway not found")])
    #expect(absent.saysNotThere && absent.nextStep != nil)
    #expect(text(gateway: absent).contains("Gateway not found"))
    #expect(!text(gateway: absent).contains("load the list"))
    let nextStep = try #require(InventoryAnswers.forbiddenError.nextStep)
    #expect(text(gateway: InventoryAnswers.forbiddenError).contains(nextStep.prefix(20)))
  }
}
