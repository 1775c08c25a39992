import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

/// Whole screens as text. Run with `RECORD_SNAPSHOTS=1` in the environment to write them anew, and read the difference.
@Suite("Screens")
struct SnapshotTests {
  enum Scene: String, CaseIterable, Sendable {
    case loading, list, walked, detail, glimpse, opened, partly, forbidden, raw, unreachable, empty, create,
      createRefused, createUnknown, createFilled, createRequirement, edit, editReview, editChanged, review,
      reviewReading, reviewPartly, reviewOwn, reviewChanged, delete, deleteByID, deleteDelay, deleted, deleteRefused,
      deleteUnknown, deleteNotSent, deleteDryRun, help, helpSearch, helpField, palette, paletteSearch, notice,
      activity, activityDetail, activityEmpty, blocked

    static let inASCII: [Scene] = [.list, .create, .review, .delete, .help]
    static let inLarge: [Scene] = [.list, .opened, .createRefused, .review, .delete, .help, .activity]
    static let inThemes: [Scene] = [.list, .createRefused, .review, .delete, .help, .activity]

    var driver: TestDriver {
      var driver = TestDriver(size: Size(width: 120, height: 32), isDryRun: self == .deleteDryRun)
      if self == .loading { return driver }
      switch self {
      case .unreachable:
        let error = CloudflareError(.unreachable("connection refused"))
        driver.answer(page: 1, .failure(error))
        return driver
      case .empty:
        driver.answerPages(of: 0)
        return driver
      default:
        var page = Fixture.page(1, of: 1204)
        for (index, name) in Self.names.enumerated() { page.accounts[index].name = name }
        page.accounts[1].type = nil
        page.accounts[1].createdOn = nil
        page.accounts[1].managedBy = nil
        driver.answer(page: 1, .success(page))
      }
      switch self {
      case .walked: for _ in 0..<60 { driver.press(.down) }
      case .detail: driver.press(.down, .enter)
      case .glimpse, .partly, .forbidden:
        driver.rest()
        driver.answerInventory(with: self == .glimpse ? .rich : self == .partly ? .partly : .forbidden)
        if self != .glimpse { driver.press(.tab) }
        if self == .forbidden { driver.press(.tab) }
      case .raw:
        driver.press(.character("J"))
        let body = #"""
          {"success":true,"errors":[],"messages":[],"result":{"id":"ab000000000000000000000000000000",
          "name":"rtl \#u{202E}txt\#u{1B}[31m 株式会社ミナト \u202e \\ \"","settings":{"enforce_twofactor":true,
          "default_nameservers":null,"quotas":{},"limits":[1,2.50,-3e4]},
          "type":"a value that is so long that it does not fit into one row of a window of sixty columns, nor of eighty"}}
          """#
        driver.answerJSON(.success(RawAnswer(status: 200, ray: "8f00c0ffee00beef-ZRH", body: body)))
      case .opened:
        driver.press(.enter)
        driver.answerInventory(with: .rich)
      case .activity, .activityDetail, .activityEmpty:
        driver.press(.character("@"))
        driver.answerJournal(.success(self == .activityEmpty ? .empty : ActivityFixture.reading))
        if self == .activityDetail { driver.press(.down, .enter) }
      case .blocked:
        let end = driver.environment.date + 151
        driver.tell(BudgetStatus(remaining: 1_180, blockedUntil: end, waitingRequests: 2))
        driver.press(.character("d"))
      case .createUnknown:
        driver.press(.character("n"))
        driver.type("Harbor")
        driver.press(.backTab, .enter)
        driver.loseAnswer()
        driver.press(.character("v"))
        driver.resolve("fresh-1", .candidates([Fixture.account(7), Fixture.account(8)]))
      case .createFilled:
        driver.press(.character("n"))
        driver.answerTenancy()
        driver.type("Harbor")
        driver.press(.tab, .tab, .character(" "), .tab, .down, .down, .tab, .character(" "), .tab)
        driver.type("Harbor & Pine Logistics GmbH")
        driver.press(.tab, .tab, .tab)
        driver.type("+41 44 000 00 00")
      case .edit, .editReview, .editChanged:
        driver.press(.down, .down, .character("e"))
        driver.answerEditRead()
        driver.type(" 株式会社")
        driver.press(.tab, .character(" "), .tab)
        guard self != .edit else { break }
        driver.type("abuse@minato.example")
        driver.press(.tab, .tab, .enter)
        guard self == .editChanged else { break }
        driver.press(.enter)
        driver.answerEditRead { $0.name = "株式会社ミナト (formerly Harbor)" }
      case .createRequirement:
        driver.press(.character("n"))
        driver.type("Harbor")
        driver.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
        let account = Fixture.account(900, name: "Harbor", type: .standard)
        driver.answerCreation(.success(account.withoutTwoFactor))
        let message = APIMessage(code: 10013, message: "An unknown error has occurred")
        let error = CloudflareError(.refused, status: 403, errors: [message], ray: "8f00c0ffee00beef-ZRH")
        driver.answerChange(.failure(error))
      case .create, .createRefused:
        driver.press(.character("n"))
        driver.type(self == .create ? "Café Zürich 東京" : "Account 9")
        guard self == .createRefused else { break }
        driver.press(.tab, .down, .backTab, .backTab, .enter)
        let message = APIMessage(code: 1001, message: "account type not supported", source: .init(pointer: "/type"))
        let error = CloudflareError(.refused, status: 400, errors: [message], ray: "8f00c0ffee00beef-ZRH")
        driver.answerCreation(.failure(error))
      case .review, .reviewReading, .reviewPartly, .reviewOwn, .reviewChanged: review(&driver)
      case .delete, .deleteByID, .deleteDelay, .deleted, .deleteRefused, .deleteUnknown, .deleteNotSent,
        .deleteDryRun:
        delete(&driver)
      case .help: driver.press(.character("?"))
      case .helpSearch:
        driver.press(.character("?"), .character("/"))
        driver.type("page")
      case .helpField: driver.press(.character("n"), .tab, .tab, .function(1))
      case .palette: driver.press(.character(":"))
      case .paletteSearch:
        driver.press(.character(":"))
        driver.type("del")
      case .notice: driver.press(.character("d"))
      default: break
      }
      return driver
    }

    /// Up to the review, with something to tell.
    private func review(_ driver: inout TestDriver) {
      switch self {
      case .reviewPartly: driver.press(.down, .down, .down)
      case .reviewOwn: driver.press(.down)
      default: break
      }
      driver.press(.character("D"))
      switch self {
      case .reviewReading: break
      case .reviewPartly:
        var answers = InventoryAnswers.partly
        answers.gateway = .failure(
          CloudflareError(.refused, status: 404, errors: [APIMessage(code: 2009, message: "account not found")]))
        driver.answerReview(with: answers)
      case .reviewChanged:
        var fresh = Fixture.account(0, name: "Harbour & Pine Logistics", type: .enterprise)
        fresh.managedBy = nil
        driver.answerReview(fresh: fresh)
      default: driver.answerReview(with: .rich)
      }
    }

    /// Up to the challenge, and for most scenes to what comes of it.
    private func delete(_ driver: inout TestDriver) {
      if self == .deleteByID { driver.press(.down, .down, .down) }
      driver.openChallenge(with: .rich)
      driver.type(self == .deleteByID ? "0000" : "Harbor")
      guard let account = driver.deletion?.account, self != .delete, self != .deleteByID else { return }
      driver.type(" & Pine Logistics")
      driver.press(.tab, .tab, .enter)
      if self == .deleteDelay {
        driver.waitSecond()
        return
      }
      driver.waitOutCountdown()
      if self == .deleteUnknown { driver.loseAnswer() }
      guard let intent = driver.sending else { return }
      if self == .deleteNotSent {
        let path = "/home/admin/.local/state/tenantry/journal.jsonl"
        driver.keepBack(intent, because: .cannotWrite(path: path, reason: "the disk is full"))
        return
      }
      let ray = "8f00c0ffee00beef-ZRH"
      let message = APIMessage(code: 10000, message: "Authentication error")
      let refusal = CloudflareError(.refused, status: 403, errors: [message], ray: ray)
      let isRefused = self == .deleteRefused
      let outcome =
        isRefused
        ? WriteOutcome(refusal, of: intent.operation, date: driver.environment.date)
        : WriteOutcome(.confirmed, date: driver.environment.date, accountID: account.id, httpStatus: 200, ray: ray)
      driver.begin(intent, by: .current)
      driver.finish(intent.id, outcome)
      driver.answerDeletion(isRefused ? .failure(refusal) : .success(DeletedAccount(id: account.id)))
      guard driver.isRunning(.account(.deletionCheck)) else { return }
      driver.answerVerification(
        .failure(
          CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])))
    }

    static let names = [
      "Harbor & Pine Logistics", "Café Zürich", "株式会社ミナト", "rtl \u{202E}txt\u{1B}[31m\u{7}", "مؤسسة الميناء",
      "👩‍👩‍👧‍👦 Family Crafts",
      "A name that is so long that it can never be shown whole in the column that it has got here",
    ]
  }

  @Test(
    "screens look as recorded", arguments: Scene.allCases,
    [
      Size(width: 120, height: 32), Size(width: 80, height: 24), Size(width: 60, height: 16),
    ])
  func recorded(scene: Scene, size: Size) throws {
    var driver = scene.driver
    // The size is set and not sent, as a resize would disarm what the scene has typed.
    driver.setSize(size)
    let frame = driver.frame
    try Snapshot(name: "\(scene.rawValue)-\(size.width)x\(size.height)").check(frame.text)
    if Scene.inASCII.contains(scene) {
      try Snapshot(name: "\(scene.rawValue)-\(size.width)x\(size.height)-ascii").check(frame.asciiFallback.text)
    }
  }

  @Test("large windows are used", arguments: Scene.inLarge)
  func large(scene: Scene) throws {
    try recorded(scene: scene, size: Size(width: 160, height: 48))
  }

  @Test("the colours of each theme are as recorded", arguments: Scene.inThemes, ColorScheme.allCases)
  func themed(scene: Scene, scheme: ColorScheme) throws {
    var driver = scene.driver
    driver.setSize(Size(width: 80, height: 24))
    try Snapshot(name: "\(scene.rawValue)-\(scheme.rawValue)").check(driver.frame.text(in: scheme))
  }

  @Test(
    "a window that is too small says so and loses nothing",
    arguments: [
      Size(width: 10, height: 5), Size(width: 1, height: 1), Size(width: 59, height: 40), Size(width: 200, height: 15),
    ])
  func tooSmall(size: Size) {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    driver.type("Harbor")
    driver.send(.resize(size))
    let frame = driver.frame
    #expect(frame.size == size)
    if size.width >= 10 { #expect(frame.text.contains("60×16")) }
    #expect(driver.press(.character("x")) == [])
    driver.send(.resize(Size(width: 80, height: 24)))
    #expect(driver.screen.contains("Harbor"))
  }

  @Test("no screen lets through what could move the cursor or turn the text around")
  func hostile() {
    let screen = Scene.list.driver.screen
    for scalar in screen.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20)
      #expect(!(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value))
    }
  }
}
