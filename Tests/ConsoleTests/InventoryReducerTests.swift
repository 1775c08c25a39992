import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("Inventories")
struct InventoryReducerTests {
  private let first = Fixture.id(0)

  /// What is asked for of an account, with tokens from a number on.
  private func requests(
    of id: Account.ID, _ parts: [InventoryPart] = InventoryPart.allCases, priority: RequestPriority, from token: Int
  ) -> [InventoryRequest] {
    parts.enumerated().map { index, part in
      InventoryRequest(accountID: id, part: part, priority: priority, token: RequestToken(number: token + index))
    }
  }

  @Test("a selection that rests is read in the background, each part for itself")
  func rests() {
    var person = Person(accounts: 20)
    #expect(person.effects == [.rest(on: first)])
    var expected = person.state
    person.send(.inventory(.rested(first)))
    let asked = requests(of: first, priority: .background, from: 3)
    #expect(person.effects == asked.map(Effect.loadInventory))
    expected.inventory.resting = nil
    for request in asked {
      _ = expected.nextToken()
      expected.inventory.change(first) { $0.begin(request) }
    }
    #expect(person.state == expected)
  }

  @Test("moving fast over 100 rows asks for nothing")
  func movesFast() {
    var person = Person(accounts: 1204)
    for row in 1...100 {
      let effects = person.press(.down)
      #expect(effects.contains(.rest(on: Fixture.id(row))))
      #expect(effects.compactMap(\.inventoryRequest).isEmpty)
      person.answerPages(of: 1204)
      // The wait for the row before comes late.
      person.send(.inventory(.rested(Fixture.id(row - 1))))
      #expect(person.effects == [])
    }
    #expect(person.state.inventory.count == 0)
  }

  @Test("where no detail is on screen, nothing is waited for and nothing asked")
  func narrow() {
    var person = Person(accounts: 20, size: Size(width: 80, height: 24))
    #expect(person.effects == [])
    #expect(person.press(.down) == [])
    person.press(.enter)
    #expect(person.effects.compactMap(\.inventoryRequest).count == 6)
    #expect(person.press(.escape).count == 6)
    #expect(person.effects == InventoryPart.allCases.map { .cancel(.inventory(Fixture.id(1), $0)) })
  }

  @Test("moving on gives up what is on its way, and a late answer about another account changes nothing")
  func movesOn() {
    var person = Person(accounts: 20)
    person.rest()
    let asked = person.effects.compactMap(\.inventoryRequest)
    let answers = InventoryAnswers.rich
    person.send(.inventory(.answered(asked[0], answers[.zones])))
    person.press(.down)
    #expect(
      person.effects
        == InventoryPart.allCases.dropFirst().map { .cancel(.inventory(first, $0)) } + [.rest(on: Fixture.id(1))])
    let before = person.state
    for request in asked { person.send(.inventory(.answered(request, answers[request.part]))) }
    #expect(person.effects == [])
    #expect(person.state == before)
    // What had come is kept, and only the rest is asked for when the selection is back.
    #expect(person.press(.up) == [.rest(on: first)])
    person.rest()
    #expect(person.effects.compactMap(\.inventoryRequest?.part) == Array(InventoryPart.allCases.dropFirst()))
  }

  @Test("what is known is not asked for again when the selection comes back")
  func cached() {
    var person = Person(accounts: 20)
    person.rest()
    person.answerInventory(with: .rich)
    #expect(person.press(.down) == [.rest(on: Fixture.id(1))])
    #expect(person.press(.up) == [.cancel(.rest)])
    #expect(person.screen.contains("12  harborpine.com"))
  }

  @Test("a forbidden part leaves the others")
  func forbidden() {
    var person = Person(accounts: 20)
    person.rest()
    var answers = InventoryAnswers.rich
    answers.members = .failure(InventoryAnswers.forbiddenError)
    person.answerInventory(with: answers)
    #expect(person.state.inventory[first].members == .unavailable(InventoryAnswers.forbiddenError, person.moment.date))
    #expect(person.screen.contains("Zones       12  harborpine.com"))
    #expect(person.screen.contains("Members     could not check (403 Authentic"))
    #expect(person.screen.contains("Plans        2  Enterprise (paid)"))
    #expect(person.state.notice == nil)
  }

  @Test("what is not known is drawn neither as zero nor as none", arguments: [false, true])
  func unknown(isOpen: Bool) {
    let shown = { (inventory: Inventory) in
      InventoryLines(
        inventory: inventory, width: 50, now: Person().moment.date, wayToRest: "L loads the rest"
      ).lines(isOpen: isOpen)
        .compactMap { line in line.label.map { "\($0) \(line.text)" } }.joined(separator: "\n")
    }
    var person = Person(accounts: 20)
    var seen = [shown(person.state.inventory[first])]
    person.rest()
    seen.append(shown(person.state.inventory[first]))
    let error = CloudflareError(.timedOut)
    person.answerInventory(
      with: InventoryAnswers(
        zones: .failure(error), members: .failure(error), subscriptions: .failure(error), logpushJobs: .failure(error),
        gateway: .failure(error), accessOrganization: .failure(error)))
    seen.append(shown(person.state.inventory[first]))
    for text in seen {
      #expect(!text.contains("none") && !text.contains("0 "))
      for label in ["Zones", "Members", "Plans"] { #expect(text.contains(label)) }
    }
    #expect(seen[2].contains("Logpush") && seen[2].contains("Gateway") && seen[2].contains("Access"))
    // A server that says "none" is quoted.
    person.press(.tab, .character("r"))
    person.answerInventory(with: InventoryAnswers())
    #expect(shown(person.state.inventory[first]).contains("Zones none"))
  }

  @Test("Enter reads at once what is not there, for a person who waits, and longer lists")
  func opens() {
    var person = Person(accounts: 20)
    person.press(.enter)
    let token = RequestToken(number: 3)
    let asked = requests(of: first, priority: .interactive, from: 4)
    #expect(
      person.effects == [.loadAccount(id: first, token: token), .cancel(.rest)] + asked.map(Effect.loadInventory))
    #expect(asked.allSatisfy { $0.perPage == 50 })
    #expect(requests(of: first, priority: .background, from: 4).allSatisfy { $0.perPage == 5 })
  }

  @Test("Enter does not wait behind what loads in passing, and reads only lists that are cut short again")
  func opensGlimpsed() {
    var person = Person(accounts: 20)
    person.rest()
    let inPassing = person.effects.compactMap(\.inventoryRequest)
    person.send(.inventory(.answered(inPassing[0], InventoryAnswers.rich[.zones])))
    person.send(.inventory(.answered(inPassing[2], InventoryAnswers.rich[.subscriptions])))
    person.press(.enter)
    // Zones came with the first five of twelve; the plans are all there; the others were still loading.
    let parts: [InventoryPart] = [.zones, .members, .logpushJobs, .gateway, .accessOrganization]
    #expect(person.effects.compactMap(\.inventoryRequest).map(\.part) == parts)
    #expect(person.effects.compactMap(\.inventoryRequest).allSatisfy { $0.priority == .interactive })
    #expect(person.screen.contains("harborpine.com"))
  }

  @Test("Enter reads again what is older than a minute, r whatever its age", arguments: [(60, 0), (61, 6)])
  func freshness(seconds: Int, count: Int) {
    var person = Person(accounts: 20)
    person.press(.enter)
    person.answerInventory(with: InventoryAnswers())
    person.press(.escape)
    person.moment.date += Double(seconds)
    person.press(.enter)
    #expect(person.effects.compactMap(\.inventoryRequest).count == count)
    person.answerInventory(with: InventoryAnswers())
    person.press(.character("r"))
    #expect(person.effects.compactMap(\.inventoryRequest).count == 6)
  }

  @Test("while it is read again the earlier reading stays; a failure then takes its place")
  func rereads() {
    var person = Person(accounts: 20)
    person.press(.enter)
    person.answerInventory(with: .rich)
    person.press(.character("r"))
    #expect(person.screen.contains("harborpine.com") && person.screen.contains("reading …"))
    person.answerInventory(with: .forbidden)
    #expect(!person.screen.contains("harborpine.com"))
    #expect(person.screen.contains("Zones       none"))
    #expect(person.screen.contains("Members     could not check (403 Authentication"))
  }

  @Test("the age is said once it is a minute, beside the time that stays true without it")
  func age() {
    var person = Person(accounts: 20)
    person.rest()
    person.answerInventory(with: InventoryAnswers())
    #expect(person.screen.contains("read at 12:00 UTC"))
    #expect(!person.screen.contains("UTC, "))
    person.moment.date += 3 * 60 + 20
    person.press(.tab)
    #expect(person.screen.contains("read at 12:00 UTC, 3 minutes ago"))
  }

  @Test("L loads the rest page after page, keeps each zone once, and stops at the end")
  func completes() {
    var person = Person(accounts: 20)
    person.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .success(zones(0..<50, of: 120))
    person.answerInventory(with: answers)
    #expect(person.screen.contains("120  first 50 shown, L loads the rest"))
    var asked: [Int] = []
    person.press(.character("L"))
    // The second page repeats a zone, because one was added meanwhile.
    for page in [zones(49..<99, of: 121), zones(99..<120, of: 121)] {
      guard let request = person.effects.compactMap(\.inventoryRequest).first else { break }
      #expect(request.part == .zones && request.priority == .interactive)
      asked.append(request.page)
      person.send(.inventory(.answered(request, .zones(.success(page)))))
    }
    // A page without anything new ends it, whatever the total says.
    if let request = person.effects.compactMap(\.inventoryRequest).first {
      asked.append(request.page)
      person.send(.inventory(.answered(request, .zones(.success(zones(99..<120, of: 121))))))
    }
    #expect(asked == [2, 3, 4])
    #expect(person.effects == [])
    #expect(person.state.inventory[first].zones.reading?.value.first.map(\.id) == (0..<120).map { "z\($0)" })
    #expect(person.state.inventory[first].loadingParts.isEmpty)
  }

  @Test("a further page that fails leaves what was there and says so; L goes on from there")
  func completionFails() {
    var person = Person(accounts: 20)
    person.press(.enter)
    var answers = InventoryAnswers()
    answers.zones = .success(zones(0..<50, of: 120))
    person.answerInventory(with: answers)
    person.press(.character("L"))
    answers.zones = .failure(CloudflareError(.timedOut))
    person.answerInventory(with: answers)
    #expect(person.state.inventory[first].zones.reading?.value.first.count == 50)
    #expect(person.notice == "The rest did not come: No complete answer within the time allowed.")
    person.press(.character("L"))
    #expect(person.effects.compactMap(\.inventoryRequest?.page) == [2])
  }

  @Test("L says so where nothing is left to load, or is on its way already")
  func nothingLeft() {
    var person = Person(accounts: 20)
    person.press(.enter)
    let requests = person.effects.compactMap(\.inventoryRequest)
    person.press(.character("L"))
    #expect(person.notice == "The rest is on its way")
    for request in requests { person.send(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
    person.press(.character("L"))
    #expect(person.effects == [])
    #expect(person.notice == "Everything that could be read is here")
  }

  @Test("the inventories of 200 accounts are kept, and no more")
  func bounded() {
    var person = Person(accounts: 1204)
    for _ in 0..<210 {
      person.rest()
      person.answerInventory(with: InventoryAnswers())
      person.press(.down)
      person.answerPages(of: 1204)
    }
    #expect(person.state.inventory.count == 200)
    #expect(!person.state.inventory.contains(Fixture.id(9)))
    #expect(person.state.inventory.contains(Fixture.id(10)))
  }

  @Test("of a deleted account nothing is asked")
  func deleted() {
    var person = Person(accounts: 20)
    person.state.browse.list.markDeleted(first)
    person.press(.enter)
    #expect(person.effects.compactMap(\.inventoryRequest).isEmpty)
    #expect(!person.screen.contains("Zones"))
  }

  @Test("the whole of a long inventory can be reached by scrolling, and the pane says that there is more")
  func scrolls() {
    var person = Person(accounts: 20, size: Size(width: 60, height: 16))
    person.press(.enter)
    person.answerInventory(with: .rich)
    #expect(person.screen.contains("↓ more"))
    person.press(.character("G"))
    #expect(!person.screen.contains("↓ more"))
    #expect(person.screen.contains("Access      harborpine.cloudflareaccess.com"))
    person.press(.character("r"))
    person.answerInventory(with: InventoryAnswers())
    #expect(person.screen.contains("Zones       none"))
  }

  @Test("the last line is reached under a message of several lines")
  func scrollsUnderMessage() {
    var person = Person(accounts: 20, size: Size(width: 80, height: 24))
    person.press(.enter)
    person.answerInventory(with: .rich)
    person.state.notice = Notice(.failure, String(repeating: "A long message. ", count: 18))
    #expect(person.state.statusLines.map(\.rows) == [4])
    #expect(!person.screen.contains("Access      harborpine"))
    person.press(.character("G"))
    #expect(person.screen.contains("Access      harborpine.cloudflareaccess.com"))
  }

  private func zones(_ numbers: Range<Int>, of total: Int) -> CountedList<Zone> {
    CountedList(total: total, first: numbers.map { Zone(id: "z\($0)", name: "zone\($0).example") })
  }
}
