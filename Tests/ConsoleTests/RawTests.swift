import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The raw answer")
struct RawTests {
  private let first = Fixture.id(0)

  private func opened(_ result: Result<RawAnswer, CloudflareError>, accounts: Int = 20) -> Person {
    var person = Person(accounts: accounts)
    person.press(.character("J"))
    guard case .loading(let token) = person.state.raw?.phase else { return person }
    person.send(.raw(.answered(token: token, result)))
    return person
  }

  @Test("J reads the selected account, from the list and from its details", arguments: [[], [Key.enter]])
  func opens(before: [Key]) {
    var person = Person(accounts: 20)
    person.press(before)
    var expected = person.state
    person.press(.character("J"))
    let token = expected.nextToken()
    expected.raw = RawState(account: Fixture.account(0), phase: .loading(token))
    _ = expected.followPatience(at: person.moment)
    #expect(person.effects == [.loadRawAccount(id: first, token: token)])
    #expect(person.state == expected)
    let pane = person.state.browse.pane
    #expect(person.press(.escape) == [.cancel(.rawAccount)])
    #expect(person.state.raw == nil)
    #expect(person.state.browse.pane == pane)
  }

  @Test("an answer that is not awaited any more changes nothing")
  func late() {
    var person = Person(accounts: 20)
    person.press(.character("J"))
    guard case .loading(let token) = person.state.raw?.phase else { return }
    person.press(.character("r"))
    let before = person.state
    person.send(.raw(.answered(token: token, .success(RawAnswer(status: 200, body: "{}")))))
    #expect(person.state == before)
    person.press(.escape)
    person.send(.raw(.answered(token: token, .success(RawAnswer(status: 200, body: "{}")))))
    #expect(person.state.raw == nil)
  }

  @Test("without an account under the cursor there is nothing to show, and it says so")
  func nothing() {
    var person = Person(accounts: 1204)
    person.press(.character("G"), .character("J"))
    #expect(person.state.raw == nil)
    #expect(person.notice == "This account has not come yet")
  }

  @Test("a failure is told with what to do, and r tries again")
  func fails() {
    var person = opened(.failure(InventoryAnswers.forbiddenError))
    #expect(person.screen.contains("Cloudflare refused (403): Authentication error (10000)."))
    #expect(person.screen.contains("Check what the credentials may do"))
    person.press(.character("r"))
    #expect(person.effects.count == 1)
  }

  @Test("keys that write or move the selection do nothing here")
  func keys() {
    var person = opened(.success(RawAnswer(status: 200, body: "{}")))
    for key in [Key.character("n"), .character("D"), .character("d"), .enter, .tab] {
      let before = person.state
      #expect(person.press(key) == [])
      #expect(person.state == before)
    }
  }

  @Test("a long answer scrolls to its end, says where it stands, and stays on screen in another window")
  func scrolls() {
    let body = "[\((0..<500).map(String.init).joined(separator: ","))]"
    var person = opened(.success(RawAnswer(status: 200, body: body)))
    #expect(person.screen.contains("lines 1–26 of 502"))
    person.press(.character("G"))
    #expect(person.screen.contains("lines 477–502 of 502"))
    person.send(.resize(Size(width: 80, height: 60)))
    #expect(person.screen.contains("lines 449–502 of 502"))
  }

  @Test("of a huge answer the beginning is shown, and how much is missing")
  func huge() {
    let body = "[\"\(String(repeating: "é", count: 100_000))\"]"
    var person = opened(.success(RawAnswer(status: 200, body: body)))
    person.press(.character("G"))
    #expect(person.screen.contains("… the first 65,536 of 200,004 bytes are shown"))
  }

  @Test("a hostile answer is drawn as marks")
  func hostile() {
    let person = opened(.success(RawAnswer(status: 200, body: "{\"a\":\"\u{1B}[2J\u{202E}\u{7}\u{9B}31m\u{200B}\"}")))
    for scalar in person.screen.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20)
      #expect(!(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value))
    }
    #expect(person.screen.contains("␛[2J⇄␇"))
  }
}

@Suite("JSON laid out for reading")
struct JSONLinesTests {
  @Test("objects and lists are indented; what is empty stays on one line")
  func layout() {
    #expect(
      JSONLines.lines(of: #" {"a" :1,"b":[ ],"c":{"d":[true,null], "e": { } }}"#) == [
        "{", #"  "a": 1,"#, #"  "b": [],"#, #"  "c": {"#, #"    "d": ["#, "      true,", "      null", "    ],",
        #"    "e": {}"#, "  }", "}",
      ])
  }

  @Test(
    "nothing but blanks between tokens changes, even where the text is no JSON",
    arguments: [
      #"{"a":"with {braces}, [brackets], : and \" \\","b":1.50,"c":-2E+3,"\u0061":"\u00e9"}"#,
      #"{"a":"blank  inside\#tand tab"}"#, #"{"never":"closed"#, #"{"ends":"in\"#, "}}]],,::", "[[[[[[", "{]}[",
      "[1 2]",
      "[é,株]", "",
    ])
  func faithful(text: String) {
    let shown = JSONLines.lines(of: text).joined()
    #expect(shown.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
  }

  @Test("strings keep their blanks and escapes to the letter")
  func strings() {
    let string = #""two  blanks, a\#ttab, \n and \u0000 , : {""#
    #expect(JSONLines.lines(of: "[\(string)]") == ["[", "  \(string)", "]"])
  }

  @Test("text that is no JSON stays as it is", arguments: ["plain  text\n  in lines", "<html>", "\"string\""])
  func other(text: String) {
    #expect(JSONLines.lines(of: text).joined(separator: "\n") == text)
  }

  @Test("rows hold everything and never pass the edge", arguments: 2...20)
  func rows(width: Int) {
    setLocaleOnce()
    for line in [#"    "name": "plain and long enough to be cut somewhere","#, "    株式会社ミナト é\u{1B}[31m 👩‍👩‍👧‍👦", ""] {
      let rows = cut(line, width: width)
      #expect(rows.joined() == line)
      #expect(!rows.isEmpty)
      for row in rows { #expect(SafeText(row).width <= width) }
    }
  }
}
