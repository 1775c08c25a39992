import Cloudflare
import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import Console

@Suite("No path to a deletion but the one")
struct DeletionPathTests {
  /// Random keys, answers good, bad and late, pastes, resizes and reloads. An onlooker who knows nothing of the steps
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
        let actions = walk.history.suffix(60).map { "\($0)".prefix(160) }.joined(separator: "\n")
        Issue.record("\(violation), with seed \(seed), after:\n\(actions)")
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

/// One sequence of actions, and what somebody who only sees actions and effects knows of it.
private struct Walk {
  private var driver = Walk.beginning
  private(set) var length = 0
  private(set) var deletions = 0
  /// Delays that were stopped.
  private(set) var stops = 0
  private(set) var violation: String?
  private(set) var history: [Action] = []

  /// The reading that a review asked for, with the account as it was captured.
  private var asked: (account: Account, token: RequestToken)?
  /// The account that has been read and found to be what was captured.
  private var fresh: Account.ID?
  /// The account whose challenge was met and whose seconds pass.
  private var armed: Account.ID?
  /// The reading that began with those seconds, and whether it has brought the account as it was reviewed.
  private var look: (token: RequestToken, isSame: Bool)?
  private var awaited: RequestToken?
  private var seconds = 0
  private var inFlight: Set<Account.ID> = []
  private var requests: [InventoryRequest] = []
  private var sent: (intent: WriteIntent, token: RequestToken)?
  /// Answers that may come a second time.
  private var late: [Action] = []

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

  private static let beginning: TestDriver = {
    var driver = TestDriver(size: Size(width: 100, height: 20))
    let info = ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 8, totalCount: 8)
    driver.send(
      .browse(
        .pageAnswered(
          page: 1, token: driver.state.browse.loading[1]!, .success(AccountPage(accounts: accounts, info: info)))))
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
    case 14: perform(.command(Self.commands[random.below(Self.commands.count)]))
    case 15:
      let burst = Action.burst([.character("x"), .tab, .tab, .enter, .character("D")])
      let editDrafts: [Action] = [.edit(.insert("x")), .edit(.deleteBackward), .paste("Account 3\n"), burst]
      perform(editDrafts[random.below(editDrafts.count)])
    case 16: if !late.isEmpty { perform(late[random.below(late.count)]) }
    case 17: reload(&random)
    case 18:
      let size = Size(width: 80 + random.below(40), height: 20)
      let place = Position(column: random.below(driver.state.size.width), row: random.below(driver.state.size.height))
      let kind = [MouseEvent.Kind.press, .press, .wheelUp, .wheelDown][random.below(4)]
      let events: [Action] = [
        .resize(size), .resume(driver.state.size), .focusLost, .mouse(MouseEvent(kind, at: place)),
      ]
      perform(events[random.below(events.count)])
    default:
      // Seconds that were never begun, or have passed already.
      perform(.delete(.secondPassed(token: RequestToken(number: random.below(400)))))
    }
  }

  private static let commands: [Command] = [
    .accept, .accept, .nextField, .previousField, .cancel, .moveDown, .moveUp, .deleteAccount, .explainDeletion,
    .refresh, .help, .verify, .newAccount, .activity, .back, .suspend, .redraw, .open, .switchPane, .quit,
    .palette,
  ]

  /// What somebody does who means to delete, and what the server answers: without it hardly any walk would get there.
  private mutating func goOn(_ random: inout SeededGenerator) {
    guard driver.state.help == nil else { return perform(.command(.cancel)) }
    guard driver.state.palette == nil else {
      // Another way to the review, and to nothing more.
      perform(.edit(.insert("review")))
      return perform(.command(random.below(2) == 0 ? .accept : .cancel))
    }
    guard let deletion = driver.deletion else {
      if driver.state.dialog != nil { return perform(.command(.cancel)) }
      if driver.state.activity.screen != nil { return perform(.command(.back)) }
      return perform(.command([.moveDown, .moveUp, .deleteAccount, .deleteAccount, .deleteAccount][random.below(5)]))
    }
    let isGood = random.below(8) != 0
    let failure = CloudflareError(
      [.timedOut, .refused, .edge][random.below(3)], status: random.below(2) == 0 ? 404 : 500)
    switch deletion.phase {
    case .reading(let token):
      var read = deletion.captured
      if !isGood { read.name += "!" }
      remember(.delete(.accountRead(token: token, random.below(12) == 0 ? .failure(failure) : .success(read))))
    case .review:
      if case .asking(let token) = deletion.duplicateNames {
        let page = AccountPage(accounts: Self.accounts.filter { $0.name == deletion.captured.name })
        remember(.delete(.duplicateNamesRead(token: token, .success(page))))
      } else if !requests.isEmpty {
        for request in requests.reversed() { perform(.inventory(.answered(request, InventoryAnswers()[request.part]))) }
        requests = []
      } else if !driver.state.isReviewed(deletion) {
        perform(.command(.refresh))
      } else {
        perform(.command(deletion.focus == .goOn ? .accept : .nextField))
      }
    case .challenge:
      if deletion.isUnlocked {
        perform(.command(deletion.focus == .delete ? .accept : .nextField))
      } else if deletion.focus != .challenge {
        perform(.command(.nextField))
      } else {
        perform(.edit(.moveToEnd))
        perform(.edit(.deleteToStart))
        perform(.edit(.insert(Self.expected(of: deletion.captured))))
      }
    case .countdown(let countdown):
      if let token = countdown.lastLook, random.below(3) == 0 {
        var read = deletion.account
        if !isGood { read.name += "!" }
        remember(.delete(.accountRead(token: token, random.below(12) == 0 ? .failure(failure) : .success(read))))
        guard driver.deletion?.isCountingDown == true else { return }
      }
      driver.environment.date += random.below(40) == 0 ? 30 : 1
      remember(.delete(.secondPassed(token: countdown.token)))
    case .sending: answerWrite(isGood, failure)
    case .verifying(let token):
      remember(.delete(.verified(token: token, isGood ? .failure(failure) : .success(deletion.account))))
    case .blocked, .finished:
      guard let id = deletion.unresolvedWrite, let token = driver.state.activity[id].lookUp else {
        return perform(.command(deletion.unresolvedWrite != nil && isGood ? .verify : .cancel))
      }
      if isGood { inFlight.remove(deletion.captured.id) }
      perform(.activity(.resolved(id, token: token, isGood ? .notFound : .unreadable(failure))))
    }
  }

  private mutating func answerWrite(_ isGood: Bool, _ failure: CloudflareError) {
    guard let sent, let id = sent.intent.operation.accountID else { return }
    if !isGood, failure.cause == .edge {
      inFlight.remove(id)
      return perform(.activity(.notSent(sent.intent, .busy(path: "/j"))))
    }
    let outcome =
      isGood
      ? WriteOutcome(.confirmed, date: driver.environment.date, accountID: id)
      : WriteOutcome(failure, of: sent.intent.operation, date: driver.environment.date)
    if outcome.isConclusive { inFlight.remove(id) }
    perform(.activity(.begun(sent.intent, .current)))
    perform(.activity(.answered(sent.intent.id, outcome)))
    remember(.delete(.answered(token: sent.token, isGood ? .success(nil) : .failure(failure))))
  }

  /// The server's order changes, and sometimes a name.
  private mutating func reload(_ random: inout SeededGenerator) {
    if driver.state.dialog == nil { perform(.command(.refresh)) }
    guard let (page, token) = driver.state.browse.loading.first else { return }
    var accounts = Self.accounts
    accounts.swapAt(random.below(8), random.below(8))
    let info = ResultInfo(page: 1, perPage: 50, totalPages: 1, count: 8, totalCount: 8)
    perform(.browse(.pageAnswered(page: page, token: token, .success(AccountPage(accounts: accounts, info: info)))))
  }

  private mutating func remember(_ action: Action) {
    if late.count < 12 { late.append(action) } else { late[length % 12] = action }
    perform(action)
  }

  // MARK: The onlooker

  private mutating func perform(_ action: Action) {
    let before = driver.deletion
    let effects = driver.send(action)
    history.append(action)
    if action.isPersons, armed != nil {
      armed = nil
      stops += 1
    }
    if case .delete(.accountRead(let token, .success(let account))) = action, let asked, asked.token == token {
      fresh = account == asked.account ? account.id : nil
    }
    if case .delete(.accountRead(let token, .success(let account))) = action, let look, look.token == token {
      self.look?.isSame = account == before?.account
    }
    for effect in effects {
      switch effect {
      case .readDeletionTarget(let id, let token) where before?.isUnlocked == true && fresh == id:
        look = (token, false)
      case .readDeletionTarget(let id, let token):
        (fresh, armed) = (nil, nil)
        guard let account = driver.deletion?.captured, account.id == id else { return fail("reads another account") }
        asked = (account, token)
      case .loadInventory(let request): requests.append(request)
      case .wait(.deletionCountdown, let duration, .delete(.secondPassed(let token))):
        if action == awaited.map({ .delete(.secondPassed(token: $0)) }), armed != nil {
          seconds += 1
        } else {
          guard let before, case .command(.accept) = action, fresh == before.captured.id,
            before.field.text == Self.expected(of: before.captured)
          else { return fail("begins to count without a challenge") }
          (armed, seconds) = (before.captured.id, 0)
        }
        guard duration == .seconds(1) else { return fail("a second of \(duration)") }
        awaited = token
      case .write(let intent, let token, _):
        guard case .delete(let id, _, _) = intent.operation else { return fail("another write") }
        guard action == awaited.map({ .delete(.secondPassed(token: $0)) }), seconds == 4 else {
          return fail("deletes after \(seconds) seconds")
        }
        guard armed == id, fresh == id else { return fail("deletes another account than the one decided about") }
        guard look?.isSame == true else { return fail("deletes what was not read within the seconds") }
        guard inFlight.insert(id).inserted else { return fail("two deletions of one account in flight") }
        (armed, fresh, awaited, look) = (nil, nil, nil, nil)
        sent = (intent, token)
        deletions += 1
      default: break
      }
    }
  }

  private mutating func fail(_ text: String) { violation = violation ?? text }
}
