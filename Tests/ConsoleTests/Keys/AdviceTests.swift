import Cloudflare
import FoundationEssentials
import Terminal
import Testing

@testable import Console

@Suite("What is said of keys")
struct AdviceTests {
  /// Every command that is named in what the console says, with other keys.
  private static let wishes = [
    Rebinding(command: "refresh", keys: ["F2"]), Rebinding(command: "load-all", keys: ["F3"]),
    Rebinding(command: "load-rest", keys: ["F3"]), Rebinding(command: "sort", keys: ["F6"]),
    Rebinding(command: "new-account", keys: ["+"]), Rebinding(command: "edit-account", keys: ["="]),
    Rebinding(command: "activity", keys: ["F9"]), Rebinding(command: "verify", keys: ["F11"]),
    Rebinding(command: "open-deletion-review", keys: ["F12"]), Rebinding(command: "command-palette", keys: ["!"]),
  ]

  /// A person with other keys, in front of a list of which the first page has come.
  private func driver(
    _ wishes: [Rebinding] = wishes, accounts: Int = 20, size: Size = Size(width: 120, height: 32)
  ) throws -> TestDriver {
    var driver = TestDriver(size: size)
    driver.restart(size: size, keyMap: try KeyMap.builtIn.rebound(by: wishes))
    driver.answerJournal()
    driver.answerPages(of: accounts)
    return driver
  }

  /// One of which nothing better is known than to try again.
  private let error = CloudflareError(.cancelled)

  @Test("a page that does not come, in the list and from the detail pane")
  func pages() throws {
    var driver = try driver(accounts: 1_204)
    driver.press(.character("G"))
    let page = try #require(driver.loading.first)
    var inDetail = driver
    driver.answer(page: page, .failure(error))
    #expect(driver.nextStep == "F2 tries again")
    inDetail.press(.tab)
    #expect(inDetail.state.hints.list(.refresh, "reads the list again") == "Esc, then F2, reads the list again")
    inDetail.press(.tab, .function(9))
    #expect(inDetail.state.hints.list(.refresh, "reads the list again") == "F2 in the list reads the list again")
  }

  @Test("sorting, loading all of a list, and finding in a part of it")
  func lists() throws {
    var driver = try driver(accounts: 1_204)
    driver.press(.function(6))
    #expect(driver.nextStep == "F3 loads the rest")
    driver.press(.character("S"))
    #expect(driver.nextStep == "F6 sorts them")
    driver.press(.function(3), .escape)
    #expect(driver.nextStep == "F3 goes on")
    driver.press(.character("/"))
    driver.type("account")
    driver.press(.enter)
    #expect(driver.screen.contains("· F3 loads the rest"))
  }

  @Test("a list that is empty or did not come")
  func empty() throws {
    #expect(try driver(accounts: 0).screen.contains("+ creates the first one"))
    var driver = TestDriver()
    driver.restart(keyMap: try KeyMap.builtIn.rebound(by: Self.wishes))
    driver.answer(page: 1, .failure(error))
    #expect(driver.screen.contains("F2 tries again"))
  }

  @Test("what an account holds, and its raw answer")
  func account() throws {
    var driver = try driver()
    driver.press(.enter)
    driver.answerInventory(with: .rich)
    #expect(driver.screen.contains("F3 loads the rest"))
    driver.press(.character("J"))
    driver.answerJSON(.failure(error))
    #expect(driver.screen.contains("F2 tries again"))
  }

  @Test("writes: a draft, a look-up, and the report of an earlier run")
  func writes() throws {
    var driver = try driver()
    driver.press(.character("d"))
    #expect(driver.notice == "F12 opens the deletion review")
    let intent = ActivityFixture.intent("c", minutesAgo: 20, ActivityFixture.creation("Harbor"))
    driver.begin(intent, by: ActivityFixture.process)
    driver.press(.function(9), .character("s"))
    #expect(driver.nextStep == "F11 does")
    #expect(driver.screen.contains("It is not known whether it has happened. F11 finds out by reading."))
    #expect(driver.state.hints.unresolved == "F11 there finds out" || driver.state.hints.unresolved == nil)
    driver.press(.escape)
    #expect(driver.state.hints.unresolved == "F9 lists it, F11 there finds out")
  }

  @Test("a command without a key is named as the palette has it, and one that cannot be given is not named at all")
  func withoutKeys() throws {
    let none = Self.wishes.dropLast().map { Rebinding(command: $0.command, keys: []) }
    var driver = try driver(none)
    driver.press(.character("S"))
    #expect(driver.nextStep == "sort in the palette (:) sorts them")
    driver.press(.character("d"))
    #expect(driver.notice == "open-deletion-review in the palette (:) opens the deletion review")
    var mute = try self.driver(none + [Rebinding(command: "command-palette", keys: [])])
    mute.press(.character("S"))
    #expect(mute.notice == "The accounts are in the server's order" && mute.nextStep == nil)
    mute.press(.character("d"))
    #expect(mute.notice == "No key opens the deletion review")
  }
}
