import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Plain mode: browsing") @MainActor
struct PlainBrowseTests {
  @Test("it says where it is, as whom, how many accounts there are, and what can be done")
  func start() async throws {
    let text = try await PlainTalk(accounts: 120).wait()
    #expect(
      text == """
        tenantry, plain mode. Sandbox at 127.0.0.1:4711, where nothing is real, as admin@sandbox.example.
        Reading the accounts of 127.0.0.1:4711.
        120 accounts. list prints the first 20, find looks for some, help tells all commands.
        tenantry> \("")
        """)
  }

  @Test("lists have twenty numbered lines, and next, prev, page and last go over all of them")
  func list() async throws {
    let talk = PlainTalk(accounts: 123)
    try await talk.wait()
    let first = try await talk.say("list").split(separator: "\n")
    #expect(first[0] == "list")
    #expect(first[1] == "Accounts 1 to 20 of 123.")
    #expect(first[2] == "1. Account 0, standard, two-factor required, created 2020-09-13, ID ab00…0000")
    #expect(first[21].hasPrefix("20. Account 19, "))
    #expect(first[22] == "next goes on. open N, edit N and delete N are about one account.")
    #expect(try await talk.say("next").contains("\n21. Account 20, "))
    #expect(try await talk.say("next").contains("\n60. Account 59, "))
    #expect(try await talk.say("prev").contains("Accounts 21 to 40 of 123."))
    #expect(try await talk.say("page 5").contains("\n81. Account 80, "))
    let last = try await talk.say("last")
    #expect(last.contains("Accounts 121 to 123 of 123.") && last.contains("123. Account 122, "))
    #expect(!last.contains("next goes on"))
    #expect(try await talk.say("next").contains("That is the end of the list."))
    #expect(try await talk.say("page 8").contains("page goes from 1 to 7"))
    #expect(try await talk.say("first").contains("\n1. Account 0, "))
  }

  @Test("an account is told with what it holds, and as the server sends it")
  func open() async throws {
    let talk = PlainTalk(inventory: .rich)
    try await talk.say("list")
    let text = try await talk.say("open 3")
    #expect(text.contains("\nAccount 2\n"))
    #expect(text.contains("\nID: ab000000 00000000 00000000 00000002\n"))
    #expect(text.contains("Zones: 12  first 5 shown, L loads the rest\n"))
    #expect(text.contains("株式会社ミナト.jp"))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    #expect(try await talk.say("rest").contains("Loading the rest of what Account 2 holds."))
    #expect(try await talk.say("L").contains("Loading the rest of what Account 2 holds."))
    #expect(try await talk.say("json").contains("\"id\": \"\(Fixture.id(2))\""))
    #expect(try await talk.say("json 5").contains("\"id\": \"\(Fixture.id(4))\""))
    #expect(try await talk.say("all").contains("Accounts 1 to 20 of 30."))
  }

  @Test("a number stays with its account through a refresh, and that the list has changed is said")
  func numbers() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    // Somebody else takes the first account away, so that every other one moves up.
    talk.service.change { $0.accounts.removeFirst() }
    // Not printed: what was printed last is what counts.
    talk.console.store.send(.command(.refresh))
    try await eventually { talk.console.state.accounts.list.index(of: Fixture.id(0)) == nil }
    let text = try await talk.say("open 3")
    #expect(text.contains("The list has changed since it was printed. 3 still is Account 2, ID ab00…0002."))
    #expect(text.contains("ID: ab000000 00000000 00000000 00000002"))
    let gone = try await talk.say("delete 1")
    #expect(gone.contains("Account 0, ID ab000000 00000000 00000000 00000000, is not in the list any more."))
    #expect(talk.console.state.dialog == nil)
    #expect(try await talk.say("open 21").contains("it goes from 1 to 20"))
    try await talk.say("all")
    let again = try await talk.say("refresh")
    #expect(again.contains("1. Account 1, "))
    #expect(!(try await talk.say("open 1")).contains("has changed"))
  }

  @Test("finding asks the server too, tells how far it reached, and all takes it away")
  func find() async throws {
    let talk = PlainTalk(accounts: 130)
    try await talk.say("list")
    let text = try await talk.say("find Account 12")
    #expect(text.contains("that match Account 12, searched "))
    #expect(text.contains(". Account 129, ") && text.contains(". Account 12, "))
    #expect(try await talk.say("find zzz").contains("No account matches. all takes the search away."))
    #expect(try await talk.say("all").contains("Accounts 1 to 20 of 130."))
    #expect(talk.console.state.browse.list.find == nil)
  }

  @Test("sorting says that it needs all accounts, and sorts when they are here")
  func sort() async throws {
    let talk = PlainTalk(accounts: 130)
    #expect(try await talk.say("sort name").contains("Sorting needs every account, and 50 of 130 are loaded."))
    // Twice the same is twice told.
    #expect(try await talk.say("sort name").contains("Sorting needs every account, and 50 of 130 are loaded."))
    #expect(try await talk.say("load").contains("All 130 accounts are loaded"))
    let text = try await talk.say("sort created")
    #expect(text.contains("Accounts 1 to 20 of 130, sorted newest first.") && text.contains("1. Account 129, "))
    #expect(try await talk.say("reverse").contains("1. Account 0, "))
    #expect(try await talk.say("sort server").contains("In the server's order."))
    #expect(try await talk.say("sort colour").contains("sort goes by name, type, created, two-factor or server"))
  }

  @Test("a list that does not come tells why and what to do, and refresh reads it")
  func failure() async throws {
    let talk = PlainTalk()
    talk.service.change { $0.listFailure = CloudflareError(.timedOut) }
    let text = try await talk.wait()
    #expect(text.contains("The accounts could not be read. ") && text.contains("refresh tries again"))
    talk.service.change { $0.listFailure = nil }
    #expect(try await talk.say("refresh").contains("30 accounts."))
  }

  @Test("unknown words, missing numbers and lines that are none do nothing and say so")
  func mistakes() async throws {
    let talk = PlainTalk()
    try await talk.wait()
    #expect(try await talk.say("destroy 1").contains("There is no command destroy. help tells them all."))
    #expect(try await talk.say("open").contains("open needs the number of an account"))
    #expect(try await talk.say("rest").contains("No account is open."))
    #expect(try await talk.say("open 1").contains("No list has been printed yet"))
    #expect(try await talk.say("  ") == "  \ntenantry> ")
    talk.lines.waiting = [.unusable(.hasControls), .unusable(.notUTF8)]
    let text = try await talk.wait()
    #expect(text.contains("Nothing was done with that line: it has control characters"))
    #expect(text.contains("it is not UTF-8"))
    let help = try await talk.say("help")
    for word in ["list", "next", "prev", "page N", "open N", "find TEXT", "delete N", "activity", "refresh", "quit"] {
      #expect(help.contains("\n\(word)"), "\(word)")
    }
  }

  @Test("hostile names are made visible, and without UTF-8 everything is ASCII")
  func hostile() async throws {
    let names = ["\u{1B}[2J\u{202E}evil", "Café Zürich", "株式会社"]
    let accounts = names.enumerated().map { Fixture.account($0.offset, name: $0.element) }
    let shown = try await PlainTalk(list: accounts).say("list")
    #expect(shown.contains("2. Café Zürich, ") && shown.contains("3. 株式会社, "))
    let talk = PlainTalk(list: accounts, isUnicode: false)
    let text = try await talk.say("list")
    #expect(text.contains("2. Caf<U+00E9> Z<U+00FC>rich, ") && text.contains("3. <U+682A><U+5F0F><U+4F1A><U+793E>, "))
    #expect(text.contains("ID ab00...0001"))
    for output in [shown, text] {
      #expect(output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{202E}" })
    }
    #expect(text.utf8.allSatisfy { $0 < 0x7F })
  }

  @Test("a script is worked off line by line, each after what the line before has led to, and its end is the end")
  func script() async throws {
    let talk = PlainTalk(accounts: 130)
    talk.lines.waiting = ["list", "open 2", "load", "sort name", "find 129", "quit"].map(LineInput.text)
    try await talk.wait()
    #expect(talk.console.isOver && talk.lines.hasStopped)
    let text = talk.lines.text
    let order = ["1. Account 0, ", "ID: ab000000", "All 130 accounts are loaded", "sorted by name", "1. Account 129, "]
    let places = order.map { piece in text.range(of: piece)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    let other = PlainTalk()
    other.lines.waiting = [.text("list"), .end]
    try await other.wait()
    #expect(other.console.isOver && other.lines.text.contains("20. Account 19, "))
    #expect(other.lines.text.hasSuffix("\n"))
  }

  @Test("on a terminal, which echoes, nothing is echoed; Ctrl-C stops what goes on, and at the prompt the program")
  func terminal() async throws {
    let talk = PlainTalk(accounts: 130, isInteractive: true)
    #expect(!(try await talk.say("list")).hasPrefix("list"))
    talk.service.change { $0.keepsBack = true }
    talk.lines.waiting.append(.text("page 5"))
    try await talk.wait(for: "Reading the accounts from 81 on.")
    talk.console.interrupt()
    let text = try await talk.wait()
    #expect(text.hasSuffix("\nGiven up. list prints the list.\ntenantry> ") && !talk.console.isOver)
    talk.service.change { $0.keepsBack = false }
    #expect(try await talk.say("list").contains("\n81. Account 80, "))
    talk.console.interrupt()
    try await talk.wait()
    #expect(talk.console.isOver)
  }

  @Test("while seconds count, going elsewhere leaves what is open and gives up nothing")
  func blocked() async throws {
    for command in ["list", "next", "activity", "find Account 1", "sort name", "load", "json 2"] {
      let talk = PlainTalk()
      try await talk.say("list")
      try await talk.say("open 3")
      talk.block()
      let text = try await talk.say(command)
      #expect(!text.contains("given up"), "\(command)")
      #expect(talk.console.state.browse.pane == .list && talk.console.state.layers.isEmpty)
      // Nothing is open that a word without a number could be about.
      #expect(try await talk.say("delete").contains("delete needs the number of an account"))
      #expect(talk.console.state.dialog == nil && talk.console.state.showsRateLimitWait)
    }
  }

  @Test("while seconds count, all takes a search away, and Ctrl-C gives up waiting")
  func blockedSearch() async throws {
    let talk = PlainTalk()
    try await talk.say("list")
    try await talk.say("find Account 12")
    talk.block()
    #expect(try await talk.say("all").contains("Accounts 1 to 20 of 30."))
    #expect(talk.console.state.browse.list.find == nil && talk.console.state.showsRateLimitWait)
    talk.console.interrupt()
    try await talk.wait()
    #expect(!talk.console.state.showsRateLimitWait && !talk.console.isOver)
  }
}

extension String {
  fileprivate func range(of piece: String) -> Range<String.Index>? {
    firstRange(of: piece)
  }
}
