import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Inventories")
struct InventoryReducerTests {
  private let first = Fixture.id(0)

  /// What is asked for of an account of which everything is asked for.
  private func requests(of id: Account.ID, priority: RequestPriority) -> [InventoryRequest] {
    InventoryPart.allCases.map { InventoryRequest(accountID: id, part: $0, priority: priority) }
  }

  @Test("a selection that rests is read in the background, each part for itself")
  func rests() {
    var driver = TestDriver(accounts: 20)
    #expect(driver.effects == [.rest(on: first)])
    driver.elapse(.inventoryDebounce)
    #expect(driver.effects == requests(of: first, priority: .background).map(Effect.readInventory))
    #expect(Set(driver.running.keys) == Set(InventoryPart.allCases.map { .inventory(first, $0) }))
    #expect(driver.inventory.count == 1 && driver.inventory[first].loadingParts == InventoryPart.allCases)
    #expect(driver.inventory[first].readOn == nil)
  }

  @Test("moving fast over 100 rows asks for nothing")
  func movesFast() {
    var driver = TestDriver(accounts: 1204)
    for row in 1...100 {
      let effects = driver.press(.down)
      #expect(effects.contains(.rest(on: Fixture.id(row))))
      #expect(effects.compactMap(\.inventoryRequest).isEmpty)
      driver.answerPages(of: 1204)
      // The wait for the row before has given way to this one's.
      #expect(driver.isRunning(.rest(on: Fixture.id(row))))
    }
    #expect(driver.inventory.count == 0)
  }

  @Test("where no detail is on screen, nothing is waited for and nothing asked")
  func narrow() {
    var driver = TestDriver(accounts: 20, size: Size(width: 80, height: 24))
    #expect(driver.effects == [])
    #expect(driver.press(.down) == [])
    driver.press(.enter)
    #expect(driver.effects.compactMap(\.inventoryRequest).count == 6)
    #expect(driver.press(.escape).count == 6)
    #expect(driver.effects == InventoryPart.allCases.map { .cancel(.inventory(Fixture.id(1), $0)) })
  }

  @Test("moving on gives up what is on its way, and keeps what has come")
  func movesOn() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    let asked = driver.effects.compactMap(\.inventoryRequest)
    let answers = InventoryAnswers.rich
    driver.answer(asked[0].part, of: asked[0].accountID, answers[.zones])
    driver.press(.down)
    #expect(
      driver.effects
        == InventoryPart.allCases.dropFirst().map { .cancel(.inventory(first, $0)) } + [.rest(on: Fixture.id(1))])
    #expect(asked.allSatisfy { !driver.isRunning(.inventory(first, $0.part)) })
    #expect(driver.inventory[first].loadingParts.isEmpty)
    #expect(driver.inventory[first].unreadParts == Array(InventoryPart.allCases.dropFirst()))
    // What had come is kept, and only the rest is asked for when the selection is back.
    #expect(driver.press(.up) == [.rest(on: first)])
    driver.rest()
    #expect(driver.effects.compactMap(\.inventoryRequest?.part) == Array(InventoryPart.allCases.dropFirst()))
  }

  @Test("what is known is not asked for again when the selection comes back")
  func cached() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    driver.answerInventory(with: .rich)
    #expect(driver.press(.down) == [.rest(on: Fixture.id(1))])
    #expect(driver.press(.up) == [.cancel(.inventoryDebounce)])
    #expect(driver.screen.contains("12  harborpine.com"))
  }

  @Test("a forbidden part leaves the others")
  func forbidden() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    var answers = InventoryAnswers.rich
    answers.members = .failure(InventoryAnswers.forbiddenError)
    driver.answerInventory(with: answers)
    #expect(
      driver.inventory[first].members == .unavailable(InventoryAnswers.forbiddenError, driver.environment.date))
    #expect(driver.screen.contains("Zones       12  harborpine.com"))
    #expect(driver.screen.contains("Members     could not check (403 Authentic"))
    #expect(driver.screen.contains("Plans        2  Enterprise (paid)"))
    #expect(driver.message == nil)
  }

  @Test("what is not known is drawn neither as zero nor as none", arguments: [false, true])
  func unknown(isOpen: Bool) {
    let shown = { (inventory: Inventory) in
      InventoryText(inventory: inventory)
        .blocks(isOpen: isOpen, at: TestDriver().environment.date, hintToRest: "L loads the rest").lines(width: 50)
        .compactMap { line in line.label.map { "\($0) \(line.text)" } }.joined(separator: "\n")
    }
    var driver = TestDriver(accounts: 20)
    var seen = [shown(driver.inventory[first])]
    driver.rest()
    seen.append(shown(driver.inventory[first]))
    let error = CloudflareError(.timedOut)
    driver.answerInventory(
      with: InventoryAnswers(
        zones: .failure(error), members: .failure(error), subscriptions: .failure(error), logpushJobs: .failure(error),
        gateway: .failure(error), accessOrganization: .failure(error)))
    seen.append(shown(driver.inventory[first]))
    for text in seen {
      #expect(!text.contains("none") && !text.contains("0 "))
      for label in ["Zones", "Members", "Plans"] { #expect(text.contains(label)) }
    }
    #expect(seen[2].contains("Logpush") && seen[2].contains("Gateway") && seen[2].contains("Access"))
    // A server that says "none" is quoted.
    driver.press(.tab, .character("r"))
    driver.answerInventory(with: InventoryAnswers())
    #expect(shown(driver.inventory[first]).contains("Zones none"))
  }

  @Test("Enter reads at once what is not there, for a person who waits, and longer lists")
  func opens() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    let asked = requests(of: first, priority: .interactive)
    #expect(
      driver.effects == [.readAccount(first, for: .detail), .cancel(.inventoryDebounce)]
        + asked.map(Effect.readInventory))
    #expect(asked.allSatisfy { $0.perPage == 50 })
    #expect(requests(of: first, priority: .background).allSatisfy { $0.perPage == 5 })
  }

  @Test("Enter does not wait behind what loads in passing, and reads only lists that are cut short again")
  func opensGlimpsed() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    let inPassing = driver.effects.compactMap(\.inventoryRequest)
    driver.answer(inPassing[0].part, of: inPassing[0].accountID, InventoryAnswers.rich[.zones])
    driver.answer(inPassing[2].part, of: inPassing[2].accountID, InventoryAnswers.rich[.subscriptions])
    driver.press(.enter)
    // Zones came with the first five of twelve; the plans are all there; the others were still loading.
    let parts: [InventoryPart] = [.zones, .members, .logpushJobs, .gateway, .accessOrganization]
    #expect(driver.effects.compactMap(\.inventoryRequest).map(\.part) == parts)
    #expect(driver.effects.compactMap(\.inventoryRequest).allSatisfy { $0.priority == .interactive })
    #expect(driver.screen.contains("harborpine.com"))
  }

  @Test("Enter reads again what is older than a minute, r whatever its age", arguments: [(60, 0), (61, 6)])
  func freshness(seconds: Int, count: Int) {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    driver.answerInventory(with: InventoryAnswers())
    driver.press(.escape)
    driver.environment.date += Double(seconds)
    driver.press(.enter)
    #expect(driver.effects.compactMap(\.inventoryRequest).count == count)
    driver.answerInventory(with: InventoryAnswers())
    driver.press(.character("r"))
    #expect(driver.effects.compactMap(\.inventoryRequest).count == 6)
  }

  @Test("while it is read again the earlier reading stays; a failure then takes its place")
  func rereads() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    driver.answerInventory(with: .rich)
    driver.press(.character("r"))
    #expect(driver.screen.contains("harborpine.com") && driver.screen.contains("reading …"))
    driver.answerInventory(with: .forbidden)
    #expect(!driver.screen.contains("harborpine.com"))
    #expect(driver.screen.contains("Zones       none"))
    #expect(driver.screen.contains("Members     could not check (403 Authentication"))
  }

  @Test("the age is said once it is a minute, beside the time that stays true without it")
  func age() {
    var driver = TestDriver(accounts: 20)
    driver.rest()
    driver.answerInventory(with: InventoryAnswers())
    #expect(driver.screen.contains("read at 12:00 UTC"))
    #expect(!driver.screen.contains("UTC, "))
    driver.environment.date += 3 * 60 + 20
    driver.press(.tab)
    #expect(driver.screen.contains("read at 12:00 UTC, 3 minutes ago"))
  }

  @Test("L loads the rest page after page, keeps each zone once, and stops at the end")
  func completes() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .success(zones(0..<50, of: 120))
    driver.answerInventory(with: answers)
    #expect(driver.screen.contains("120  first 50 shown, L loads the rest"))
    var asked: [Int] = []
    driver.press(.character("L"))
    // The second page repeats a zone, because one was added meanwhile.
    for page in [zones(49..<99, of: 121), zones(99..<120, of: 121)] {
      guard let request = driver.effects.compactMap(\.inventoryRequest).first else { break }
      #expect(request.part == .zones && request.priority == .interactive)
      asked.append(request.page)
      driver.answer(request.part, of: request.accountID, .zones(.success(page)))
    }
    // A page without anything new ends it, whatever the total says.
    if let request = driver.effects.compactMap(\.inventoryRequest).first {
      asked.append(request.page)
      driver.answer(request.part, of: request.accountID, .zones(.success(zones(99..<120, of: 121))))
    }
    #expect(asked == [2, 3, 4])
    #expect(driver.effects == [])
    #expect(driver.inventory[first].zones.reading?.value.first.map(\.id) == (0..<120).map { "z\($0)" })
    #expect(driver.inventory[first].loadingParts.isEmpty)
  }

  @Test("a further page that fails leaves what was there and says so; L goes on from there")
  func completionFails() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .success(zones(0..<50, of: 120))
    driver.answerInventory(with: answers)
    driver.press(.character("L"))
    answers.zones = .failure(CloudflareError(.timedOut))
    driver.answerInventory(with: answers)
    #expect(driver.inventory[first].zones.reading?.value.first.count == 50)
    #expect(driver.notice == "The rest did not come: No complete answer within the time allowed.")
    driver.press(.character("L"))
    #expect(driver.effects.compactMap(\.inventoryRequest?.page) == [2])
  }

  @Test("L says so where nothing is left to load, or is on its way already")
  func nothingLeft() {
    var driver = TestDriver(accounts: 20)
    driver.press(.enter)
    let requests = driver.effects.compactMap(\.inventoryRequest)
    driver.press(.character("L"))
    #expect(driver.notice == "The rest is on its way")
    for request in requests { driver.answer(request.part, of: request.accountID, InventoryAnswers()[request.part]) }
    driver.press(.character("L"))
    #expect(driver.effects == [])
    #expect(driver.notice == "Everything that could be read is here")
  }

  @Test("the inventories of 200 accounts are kept, and no more")
  func bounded() {
    var driver = TestDriver(accounts: 1204)
    for _ in 0..<210 {
      driver.rest()
      driver.answerInventory(with: InventoryAnswers())
      driver.press(.down)
      driver.answerPages(of: 1204)
    }
    #expect(driver.inventory.count == 200)
    #expect(driver.inventory[Fixture.id(9)] == Inventory())
    #expect(driver.inventory[Fixture.id(10)] != Inventory())
  }

  @Test("of a deleted account nothing is asked")
  func deleted() {
    var driver = TestDriver(accounts: 20)
    driver.changeList { $0.markDeleted(first) }
    driver.press(.enter)
    #expect(driver.effects.compactMap(\.inventoryRequest).isEmpty)
    #expect(!driver.screen.contains("Zones"))
  }

  @Test("the whole of a long inventory can be reached by scrolling, and the pane says that there is more")
  func scrolls() {
    var driver = TestDriver(accounts: 20, size: Size(width: 60, height: 16))
    driver.press(.enter)
    driver.answerInventory(with: .rich)
    #expect(driver.screen.contains("↓ more"))
    driver.press(.character("G"))
    #expect(!driver.screen.contains("↓ more"))
    #expect(driver.screen.contains("Access      harborpine.cloudflareaccess.com"))
    driver.press(.character("r"))
    driver.answerInventory(with: InventoryAnswers())
    #expect(driver.screen.contains("Zones       none"))
  }

  @Test("the last line is reached under a message of several lines")
  func scrollsUnderMessage() {
    var driver = TestDriver(accounts: 20, size: Size(width: 80, height: 24))
    driver.press(.enter)
    driver.answerInventory(with: .rich)
    driver.show(Notice(.failure, String(repeating: "A long message. ", count: 18)))
    #expect(driver.statusLines.map(\.rows) == [4])
    #expect(!driver.screen.contains("Access      harborpine"))
    driver.press(.character("G"))
    #expect(driver.screen.contains("Access      harborpine.cloudflareaccess.com"))
  }

  private func zones(_ numbers: Range<Int>, of total: Int) -> CountedList<Zone> {
    CountedList(total: total, first: numbers.map { Zone(id: "z\($0)", name: "zone\($0).example") })
  }
}
