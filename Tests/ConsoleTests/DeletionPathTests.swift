import Cloudflare
import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("No path to a deletion but the one")
struct DeletionPathTests {
  /// Random keys, answers good, bad and at odd moments, pastes, resizes and reloads. An onlooker who knows nothing of the steps
  /// within sees to it that a DELETE only ever follows the fresh reading, the matching challenge, the five seconds and the
  /// reading within them for that very account, and that there are never two in flight.
  ///
  /// A state is a value, so that a sequence goes on where an earlier one was left: each is one of its own, of about thirty
  /// actions, and only its last ones have to be computed.
  @Test("100,000 random sequences delete only what was reviewed, typed and waited for", arguments: 0..<8)
  func randomSequences(seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    var walks = [Walk()]
    var (deletions, stops, actions) = (0, 0, 0)
    for number in 0..<12_500 {
      // Other tests wait for answers that come on the same few threads.
      if number % 16 == 0 { await Task.yield() }
      let place = random.below(walks.count)
      var walk = walks[place]
      let before = walk
      for _ in 0..<5 { walk.step(&random) }
      if let violation = walk.violation {
        let events = walk.history.suffix(60).map { "\($0)".prefix(160) }.joined(separator: "\n")
        Issue.record("\(violation), with seed \(seed), after:\n\(events)")
        return
      }
      deletions += walk.deletions - before.deletions
      stops += walk.stops - before.stops
      actions += walk.length
      if walk.length > 64 { walk = Walk() }
      if walks.count < 200 { walks.append(walk) } else { walks[place] = walk }
    }
    // The walk would prove nothing if it never got there.
    #expect(deletions > 300)
    #expect(stops > 300)
    #expect(actions / 12_500 >= 20)
  }
}

/// What a person does, what the server and the journal answer, and what the time brings.
private enum Event: Sendable {
  case person(Action)
  case accountRead(Account.ID, Result<Account, CloudflareError>)
  case duplicateNamesRead(name: String, AccountPage)
  case inventoryRead(Account.ID, InventoryPart)
  case secondPassed
  case keptBack(WriteIntent)
  case answered(WriteIntent, WriteOutcome, CloudflareError?)
  case verified(Account.ID, Result<Account, CloudflareError>)
  case resolved(WriteIntent.ID, Resolution)
  case lookedAgain(WriteIntent.ID)
  case pageCame(Int, AccountPage)
  case journalRead
}

/// One sequence of events, and what somebody who only sees events and effects knows of it.
private struct Walk {
  private var driver = Walk.beginning
  private(set) var length = 0
  private(set) var deletions = 0
  /// Delays that were stopped.
  private(set) var stops = 0
  private(set) var violation: String?
  private(set) var history: [Event] = []

  /// What the reading of the account that runs, or ran last, is for.
  private var reading: Reading?
  /// The account that has been read and found to be what was captured.
  private var fresh: Account.ID?
  /// The account whose challenge was met and whose seconds pass.
  private var armed: Account.ID?
  /// Whether the reading that began with those seconds has brought the account as it was reviewed.
  private var isSame = false
  private var seconds = 0
  private var inFlight: Set<Account.ID> = []
  /// The accounts that were to be deleted, by the write.
  private var targets: [WriteIntent.ID: Account.ID] = [:]
  /// Answers that may come a second time, wherever the same is asked again.
  private var late: [Event] = []

  private enum Reading {
    /// A review has asked for it, with the account as it was captured.
    case review(Account)
    /// It has begun with the seconds.
    case lastLook
  }

  private static let accounts: [Account] = (0..<8).map { number in
    var account = Fixture.account(number)
    switch number {
    case 2: account.name = "rtl\u{202E}txt"
    case 4: account.managedBy = nil
    case 5, 6: account.name = "Twins"
    default: break
    }
    return account
  }

  private static let info = ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 8, totalCount: 8)

  private static let beginning: TestDriver = {
    var driver = TestDriver(size: Size(width: 100, height: 20))
    driver.answer(page: 1, .success(AccountPage(accounts: accounts, info: info)))
    return driver
  }()

  /// What has to be typed, without asking the program.
  private static func expected(of account: Account) -> String {
    let number = accounts.firstIndex { $0.id == account.id }
    return number == 0 || number == 1 || number == 3 || number == 7 ? account.name : String(account.id.suffix(8))
  }

  mutating func step(_ random: inout SeededGenerator) {
    length += 1
    driver.environment.freshID = "fresh-\(length)"
    switch random.below(20) {
    case 0..<14: goOn(&random)
    case 14: perform(.person(.command(Self.commands[random.below(Self.commands.count)])))
    case 15:
      let burst = Action.burst([.character("x"), .tab, .tab, .enter, .character("D")])
      let edits: [Action] = [.edit(.insert("x")), .edit(.deleteBackward), .paste("Account 3\n"), burst]
      perform(.person(edits[random.below(edits.count)]))
    case 16: if !late.isEmpty { perform(late[random.below(late.count)]) }
    case 17: reload(&random)
    case 18:
      let size = Size(width: 80 + random.below(40), height: 20)
      let place = Position(column: random.below(driver.state.size.width), row: random.below(driver.state.size.height))
      let kind = [MouseEvent.Kind.press, .press, .wheelUp, .wheelDown][random.below(4)]
      let events: [Action] = [
        .resize(size), .resumed(driver.state.size), .focusLost, .mouse(MouseEvent(kind, at: place)),
      ]
      perform(.person(events[random.below(events.count)]))
    default: perform(unexpected(&random))
    }
  }

  private static let commands: [Command] = [
    .accept, .accept, .nextField, .previousField, .cancel, .moveDown, .moveUp, .deleteAccount, .explainDeletion,
    .refresh, .help, .verify, .newAccount, .activity, .back, .suspend, .redraw, .open, .switchPane, .quit,
    .palette,
  ]

  // MARK: The person, and the server

  /// What somebody does who means to delete, and what the server answers: without it hardly any walk would get there.
  private mutating func goOn(_ random: inout SeededGenerator) {
    guard driver.help == nil else { return perform(.person(.command(.cancel))) }
    guard driver.palette == nil else {
      // Another way to the review, and to nothing more.
      perform(.person(.edit(.insert("review"))))
      return perform(.person(.command(random.below(2) == 0 ? .accept : .cancel)))
    }
    guard let deletion = driver.deletion else {
      if driver.hasDialog { return perform(.person(.command(.cancel))) }
      if driver.activity != nil { return perform(.person(.command(.back))) }
      let commands: [Command] = [.moveDown, .moveUp, .deleteAccount, .deleteAccount, .deleteAccount]
      return perform(.person(.command(commands[random.below(commands.count)])))
    }
    let isGood = random.below(8) != 0
    let id = deletion.captured.id
    switch deletion.phase {
    case .reading: remember(readAccount(deletion.captured, isGood, &random))
    case .review:
      let parts = InventoryPart.allCases.filter { driver.isRunning(.inventory(id, $0)) }
      if driver.isRunning(.duplicateNames(.deletion)) {
        remember(Self.readDuplicateNames(deletion.captured.name))
      } else if !parts.isEmpty {
        for part in parts.reversed() { perform(.inventoryRead(id, part)) }
      } else if driver.context == .waiting {
        perform(.person(.command(.refresh)))
      } else {
        perform(.person(.command(deletion.focus == .goOn ? .accept : .nextField)))
      }
    case .challenge:
      if deletion.isUnlocked {
        perform(.person(.command(deletion.focus == .delete ? .accept : .nextField)))
      } else if deletion.focus != .challenge {
        perform(.person(.command(.nextField)))
      } else {
        perform(.person(.edit(.moveToEnd)))
        perform(.person(.edit(.deleteToStart)))
        perform(.person(.edit(.insert(Self.expected(of: deletion.captured)))))
      }
    case .countdown:
      if driver.isRunning(.account(.deletion)), random.below(3) == 0 {
        remember(readAccount(deletion.account, isGood, &random))
        guard driver.deletion?.isCountingDown == true else { return }
      }
      driver.environment.date += random.below(40) == 0 ? 30 : 1
      perform(.secondPassed)
    case .write(.sending): answerWrite(isGood, Self.failure(&random))
    case .verifying: remember(verify(deletion.account, isGood, &random))
    case .blocked, .write, .deleted, .accepted, .dryRun:
      guard let write = deletion.unresolvedWrite else { return perform(.person(.command(.cancel))) }
      guard driver.isRunning(.lookUp(write)) else {
        // What is looked up later can act no more.
        if random.below(2) == 0 { driver.environment.date += Flight.afterSilence }
        return perform(.person(.command(isGood ? .verify : .cancel)))
      }
      perform(.resolved(write, isGood ? .notFound : .unreadable(Self.failure(&random))))
    }
  }

  /// What may come at any moment. What nobody waits for does not come, and where the same is waited for as before, it
  /// cannot be told from what came then.
  private mutating func unexpected(_ random: inout SeededGenerator) -> Event {
    let account = driver.deletion?.captured ?? Self.accounts[random.below(Self.accounts.count)]
    let isGood = random.below(4) != 0
    switch random.below(8) {
    case 0, 1:
      driver.environment.date += [0, 1, 1, 30][random.below(4)]
      return .secondPassed
    case 2: return readAccount(account, isGood, &random)
    case 3: return Self.readDuplicateNames(account.name)
    case 4: return .inventoryRead(account.id, InventoryPart.allCases[random.below(InventoryPart.allCases.count)])
    case 5: return verify(account, isGood, &random)
    case 6: return .journalRead
    default:
      guard let write = driver.deletion?.unresolvedWrite ?? driver.history.entries.last?.id else { return .journalRead }
      return random.below(2) == 0 ? .lookedAgain(write) : .resolved(write, isGood ? .confirmed(nil) : .notFound)
    }
  }

  private static func failure(_ random: inout SeededGenerator) -> CloudflareError {
    CloudflareError([.timedOut, .refused, .edge][random.below(3)], status: random.below(2) == 0 ? 404 : 500)
  }

  private func readAccount(_ account: Account, _ isGood: Bool, _ random: inout SeededGenerator) -> Event {
    var read = account
    if !isGood { read.name += "!" }
    return .accountRead(account.id, random.below(12) == 0 ? .failure(Self.failure(&random)) : .success(read))
  }

  private static func readDuplicateNames(_ name: String) -> Event {
    .duplicateNamesRead(name: name, AccountPage(accounts: accounts.filter { $0.name == name }))
  }

  private func verify(_ account: Account, _ isGood: Bool, _ random: inout SeededGenerator) -> Event {
    .verified(account.id, isGood ? .failure(Self.failure(&random)) : .success(account))
  }

  private mutating func answerWrite(_ isGood: Bool, _ failure: CloudflareError) {
    guard let intent = driver.sending else { return }
    if !isGood, failure.cause == .edge { return perform(.keptBack(intent)) }
    let date = driver.environment.date
    remember(
      isGood
        ? .answered(intent, WriteOutcome(.confirmed, date: date, accountID: intent.operation.accountID), nil)
        : .answered(intent, WriteOutcome(failure, of: intent.operation, date: date), failure))
  }

  /// The server's order changes, and sometimes a name.
  private mutating func reload(_ random: inout SeededGenerator) {
    if !driver.hasDialog { perform(.person(.command(.refresh))) }
    guard let page = driver.loading.first else { return }
    var accounts = Self.accounts
    accounts.swapAt(random.below(8), random.below(8))
    perform(.pageCame(page, AccountPage(accounts: accounts, info: Self.info)))
  }

  private mutating func remember(_ event: Event) {
    if late.count < 12 { late.append(event) } else { late[length % 12] = event }
    perform(event)
  }

  /// Whether what has asked for it still runs; otherwise nobody would hear of it.
  private func isAwaited(_ event: Event) -> Bool {
    switch event {
    case .person: true
    case .accountRead(let id, _): driver.isRunning(.readAccount(id, for: .deletion))
    case .duplicateNamesRead(let name, _): driver.isRunning(.readDuplicateNames(name, for: .deletion))
    case .inventoryRead(let id, let part): driver.isRunning(.inventory(id, part))
    case .secondPassed: driver.isRunning(.deletionCountdown)
    case .keptBack(let intent), .answered(let intent, _, _): driver.isRunning(.write(intent.id))
    case .verified(_, _): driver.isRunning(.account(.deletionCheck))
    case .resolved(let id, _): driver.isRunning(.lookUp(id))
    case .lookedAgain(let id): driver.isRunning(.lookUpPause(id))
    case .pageCame(let page, _): driver.isRunning(.page(page))
    case .journalRead: driver.isRunning(.journal)
    }
  }

  private mutating func carryOut(_ event: Event) -> [Effect] {
    switch event {
    case .person(let action): return driver.send(action)
    case .accountRead(_, let result): return driver.answerDeletionRead(result)
    case .duplicateNamesRead(_, let page): return driver.answerDeletionNames(.success(page))
    case .inventoryRead(let id, let part): return driver.answer(part, of: id, InventoryAnswers()[part])
    case .secondPassed: return driver.elapse(.deletionCountdown)
    case .keptBack(let intent): return driver.keepBack(intent, because: .busy(path: "/j"))
    case .answered(let intent, let outcome, let error):
      let effects = driver.begin(intent) + driver.finish(intent.id, outcome)
      return effects + driver.answerDeletion(error.map { .failure($0) } ?? .success(nil))
    case .verified(_, let result): return driver.answerVerification(result)
    case .resolved(let id, let resolution): return driver.resolve(id, resolution)
    case .lookedAgain(let id): return driver.elapse(.lookUpPause(id))
    case .pageCame(let page, let answer): return driver.answer(page: page, .success(answer))
    case .journalRead: return driver.answerJournal(.success(JournalReading(history: driver.history)))
    }
  }

  // MARK: The onlooker

  private mutating func perform(_ event: Event) {
    guard isAwaited(event) else { return }
    let before = driver.deletion
    let effects = carryOut(event)
    history.append(event)
    var isSecond = false
    switch event {
    case .person:
      guard armed != nil else { break }
      armed = nil
      stops += 1
      if driver.isRunning(.deletionCountdown) { return fail("goes on counting behind a person's back") }
    case .secondPassed: isSecond = true
    case .accountRead(_, .success(let account)):
      switch reading {
      case .review(let asked): fresh = account == asked ? account.id : nil
      case .lastLook: isSame = account == before?.account
      case nil: break
      }
    case .keptBack(let intent): inFlight.remove(targets[intent.id] ?? "")
    case .answered(let intent, let outcome, _):
      if outcome.isConclusive { inFlight.remove(targets[intent.id] ?? "") }
    default: break
    }
    let beginsToCount = !isSecond && effects.contains { $0.id == .deletionCountdown }
    for effect in effects {
      switch effect {
      case .readAccount(_, .deletion, _) where beginsToCount: (reading, isSame) = (.lastLook, false)
      case .readAccount(let id, .deletion, _):
        (fresh, armed) = (nil, nil)
        guard let account = driver.deletion?.captured, account.id == id else { return fail("reads another account") }
        reading = .review(account)
      case .wait(.deletionCountdown, let duration):
        if isSecond, armed != nil {
          seconds += 1
        } else {
          guard let before, case .person(.command(.accept)) = event, fresh == before.captured.id,
            before.field.text == Self.expected(of: before.captured)
          else { return fail("begins to count without a challenge") }
          (armed, seconds) = (before.captured.id, 0)
        }
        guard duration == .seconds(1) else { return fail("a second of \(duration)") }
      case .write(let intent, _):
        guard case .delete(let id, _, _) = intent.operation else { return fail("another write") }
        guard isSecond, seconds == 4 else { return fail("deletes after \(seconds) seconds") }
        guard armed == id, fresh == id else { return fail("deletes another account than the one decided about") }
        guard isSame else { return fail("deletes what was not read within the seconds") }
        guard inFlight.insert(id).inserted else { return fail("two deletions of one account in flight") }
        (armed, fresh, reading, isSame) = (nil, nil, nil, false)
        targets[intent.id] = id
        deletions += 1
      case .cancel(.deletionCountdown): armed = nil
      case .record(let id, let outcome) where outcome.isConclusive: inFlight.remove(targets[id] ?? "")
      default: break
      }
    }
  }

  private mutating func fail(_ text: String) { violation = violation ?? text }
}
