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
      deleteUnknown, deleteNotSent, deleteRehearsed, help, helpSearch, helpField, palette, paletteSearch, notice,
      activity, activityDetail, activityEmpty, blocked

    static let inASCII: [Scene] = [.list, .create, .review, .delete, .help]
    static let inLarge: [Scene] = [.list, .opened, .createRefused, .review, .delete, .help, .activity]
    static let inThemes: [Scene] = [.list, .createRefused, .review, .delete, .help, .activity]

    var person: Person {
      var person = Person(size: Size(width: 120, height: 32), isRehearsal: self == .deleteRehearsed)
      if self == .loading { return person }
      let token = person.state.browse.loading[1]!
      switch self {
      case .unreachable:
        let error = CloudflareError(.unreachable("connection refused"))
        person.send(.browse(.pageAnswered(page: 1, token: token, .failure(error))))
        return person
      case .empty:
        person.answerPages(of: 0)
        return person
      default:
        var page = Fixture.page(1, of: 1204)
        for (index, name) in Self.names.enumerated() { page.accounts[index].name = name }
        page.accounts[1].type = nil
        page.accounts[1].createdOn = nil
        page.accounts[1].managedBy = nil
        person.send(.browse(.pageAnswered(page: 1, token: token, .success(page))))
      }
      switch self {
      case .walked: for _ in 0..<60 { person.press(.down) }
      case .detail: person.press(.down, .enter)
      case .glimpse, .partly, .forbidden:
        person.rest()
        person.answerInventory(with: self == .glimpse ? .rich : self == .partly ? .partly : .forbidden)
        if self != .glimpse { person.press(.tab) }
        if self == .forbidden { person.press(.tab) }
      case .raw:
        person.press(.character("J"))
        guard case .loading(let token) = person.state.raw?.phase else { break }
        let body = #"""
          {"success":true,"errors":[],"messages":[],"result":{"id":"ab000000000000000000000000000000",
          "name":"rtl \#u{202E}txt\#u{1B}[31m 株式会社ミナト \u202e \\ \"","settings":{"enforce_twofactor":true,
          "default_nameservers":null,"quotas":{},"limits":[1,2.50,-3e4]},
          "type":"a value that is so long that it does not fit into one row of a window of sixty columns, nor of eighty"}}
          """#
        person.send(
          .raw(
            .answered(token: token, .success(RawAnswer(status: 200, ray: "8f00c0ffee00beef-ZRH", body: body)))))
      case .opened:
        person.press(.enter)
        person.answerInventory(with: .rich)
      case .activity, .activityDetail, .activityEmpty:
        person.press(.character("@"))
        person.answerJournal(.success(self == .activityEmpty ? .empty : ActivityFixture.reading))
        if self == .activityDetail { person.press(.down, .enter) }
      case .blocked:
        let end = person.moment.date + 151
        person.send(.budget(.changed(BudgetStanding(remaining: 1_180, blockedUntil: end, waiting: 2))))
        person.press(.character("d"))
      case .createUnknown:
        person.press(.character("n"))
        person.type("Harbor")
        person.press(.backTab, .enter)
        person.loseAnswer()
        person.press(.character("v"))
        person.resolve("fresh-1", .candidates([Fixture.account(7), Fixture.account(8)]))
      case .createFilled:
        person.press(.character("n"))
        person.answerTenancy()
        person.type("Harbor")
        person.press(.tab, .tab, .character(" "), .tab, .down, .down, .tab, .character(" "), .tab)
        person.type("Harbor & Pine Logistics GmbH")
        person.press(.tab, .tab, .tab)
        person.type("+41 44 000 00 00")
      case .edit, .editReview, .editChanged:
        person.press(.down, .down, .character("e"))
        person.answerEditRead()
        person.type(" 株式会社")
        person.press(.tab, .character(" "), .tab)
        guard self != .edit else { break }
        person.type("abuse@minato.example")
        person.press(.tab, .tab, .enter)
        guard self == .editChanged else { break }
        person.press(.enter)
        person.answerEditRead { $0.name = "株式会社ミナト (formerly Harbor)" }
      case .createRequirement:
        person.press(.character("n"))
        person.type("Harbor")
        person.press(.tab, .tab, .character(" "), .backTab, .backTab, .backTab, .enter)
        guard case .sending(let token) = person.createForm?.phase else { break }
        let account = Fixture.account(900, name: "Harbor", type: .standard)
        person.send(.create(.answered(token: token, .success(account.withoutTwoFactor))))
        guard case .sending(let token) = person.createForm?.phase else { break }
        let message = APIMessage(code: 10013, message: "An unknown error has occurred")
        let error = CloudflareError(.refused, status: 403, errors: [message], ray: "8f00c0ffee00beef-ZRH")
        person.send(.change(.answered(token: token, .failure(error))))
      case .create, .createRefused:
        person.press(.character("n"))
        person.type(self == .create ? "Café Zürich 東京" : "Account 9")
        guard self == .createRefused else { break }
        person.press(.tab, .down, .backTab, .backTab, .enter)
        let message = APIMessage(code: 1001, message: "account type not supported", source: .init(pointer: "/type"))
        let error = CloudflareError(.refused, status: 400, errors: [message], ray: "8f00c0ffee00beef-ZRH")
        guard case .sending(let token) = person.createForm?.phase else { break }
        person.send(.create(.answered(token: token, .failure(error))))
      case .review, .reviewReading, .reviewPartly, .reviewOwn, .reviewChanged: review(&person)
      case .delete, .deleteByID, .deleteDelay, .deleted, .deleteRefused, .deleteUnknown, .deleteNotSent,
        .deleteRehearsed:
        delete(&person)
      case .help: person.press(.character("?"))
      case .helpSearch:
        person.press(.character("?"), .character("/"))
        person.type("page")
      case .helpField: person.press(.character("n"), .tab, .tab, .function(1))
      case .palette: person.press(.character(":"))
      case .paletteSearch:
        person.press(.character(":"))
        person.type("del")
      case .notice: person.press(.character("d"))
      default: break
      }
      return person
    }

    /// Up to the review, with something to tell.
    private func review(_ person: inout Person) {
      switch self {
      case .reviewPartly: person.press(.down, .down, .down)
      case .reviewOwn: person.press(.down)
      default: break
      }
      person.press(.character("D"))
      switch self {
      case .reviewReading: break
      case .reviewPartly:
        var answers = InventoryAnswers.partly
        answers.gateway = .failure(
          CloudflareError(.refused, status: 404, errors: [APIMessage(code: 2009, message: "account not found")]))
        person.answerReview(with: answers)
      case .reviewChanged:
        var fresh = Fixture.account(0, name: "Harbour & Pine Logistics", type: .enterprise)
        fresh.managedBy = nil
        person.answerReview(fresh: fresh)
      default: person.answerReview(with: .rich)
      }
    }

    /// Up to the challenge, and for most scenes to what comes of it.
    private func delete(_ person: inout Person) {
      if self == .deleteByID { person.press(.down, .down, .down) }
      person.openChallenge(with: .rich)
      person.type(self == .deleteByID ? "0000" : "Harbor")
      guard let account = person.deletion?.account, self != .delete, self != .deleteByID else { return }
      person.type(" & Pine Logistics")
      person.press(.tab, .tab, .enter)
      if self == .deleteDelay {
        person.waitSecond()
        return
      }
      person.waitOutDelay()
      if self == .deleteUnknown { person.loseAnswer() }
      guard case .sending(let token) = person.deletion?.phase, let intent = person.effects.first?.intent else { return }
      if self == .deleteNotSent {
        let path = "/home/admin/.local/state/tenantry/journal.jsonl"
        person.send(.activity(.notSent(intent, .cannotWrite(path: path, reason: "the disk is full"))))
        return
      }
      let ray = "8f00c0ffee00beef-ZRH"
      let message = APIMessage(code: 10000, message: "Authentication error")
      let refusal = CloudflareError(.refused, status: 403, errors: [message], ray: ray)
      let isRefused = self == .deleteRefused
      let outcome =
        isRefused
        ? WriteOutcome(refusal, of: intent.operation, date: person.moment.date)
        : WriteOutcome(.confirmed, date: person.moment.date, accountID: account.id, status: 200, ray: ray)
      person.send(.activity(.begun(intent, .current)))
      person.send(.activity(.answered(intent.id, outcome)))
      person.send(
        .delete(
          .answered(token: token, isRefused ? .failure(refusal) : .success(DeletedAccount(id: account.id)))))
      guard case .verifying(let token) = person.deletion?.phase else { return }
      person.send(
        .delete(
          .verified(
            token: token,
            .failure(
              CloudflareError(.refused, status: 404, errors: [APIMessage(code: 7003, message: "could not route")])))))
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
    var person = scene.person
    // The size is set and not sent, as a resize would disarm what the scene has typed.
    person.state.size = size
    person.state.browse.keepSelectionVisible(rows: person.state.layout.listRows)
    let frame = view(person.state)
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
    var person = scene.person
    person.state.size = Size(width: 80, height: 24)
    try Snapshot(name: "\(scene.rawValue)-\(scheme.rawValue)").check(view(person.state).text(in: scheme))
  }

  @Test(
    "a window that is too small says so and loses nothing",
    arguments: [
      Size(width: 10, height: 5), Size(width: 1, height: 1), Size(width: 59, height: 40), Size(width: 200, height: 15),
    ])
  func tooSmall(size: Size) {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type("Harbor")
    person.send(.resize(size))
    let frame = view(person.state)
    #expect(frame.size == size)
    if size.width >= 10 { #expect(frame.text.contains("60×16")) }
    #expect(person.press(.character("x")) == [])
    person.send(.resize(Size(width: 80, height: 24)))
    #expect(person.screen.contains("Harbor"))
  }

  @Test("no screen lets through what could move the cursor or turn the text around")
  func hostile() {
    let screen = Scene.list.person.screen
    for scalar in screen.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20)
      #expect(!(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value))
    }
  }
}
