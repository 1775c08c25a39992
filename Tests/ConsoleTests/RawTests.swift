import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("The raw answer")
struct RawTests {
  private let first = Fixture.id(0)

  private func opened(_ result: Result<RawAnswer, CloudflareError>, accounts: Int = 20) -> TestDriver {
    var driver = TestDriver(accounts: accounts)
    driver.press(.character("J"))
    driver.answerJSON(result)
    return driver
  }

  @Test("J reads the selected account, from the list and from its details", arguments: [[], [Key.enter]])
  func opens(keys: [Key]) {
    var driver = TestDriver(accounts: 20)
    driver.press(keys)
    let before = driver
    driver.press(.character("J"))
    #expect(driver.effects == [.readJSON(first)])
    #expect(driver.json?.account == Fixture.account(0) && driver.json?.phase == .loading)
    #expect(driver.context == .raw && !driver.hasDialog && driver.notice == nil)
    #expect(driver.press(.escape) == [.cancel(.json)])
    #expect(driver.json == nil)
    #expect(driver.pane == before.pane && driver.isLike(before))
  }

  @Test("r asks anew in place of what is on its way, and an answer is waited for no longer once Esc has left")
  func again() {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("J"))
    #expect(driver.press(.character("r")) == [.readJSON(first)])
    driver.answerJSON(.success(RawAnswer(status: 200, body: #"{"b":2}"#)))
    #expect(driver.screen.contains(#""b": 2"#) && !driver.isRunning(.json))
    driver.press(.character("r"))
    #expect(driver.press(.escape) == [.cancel(.json)])
    #expect(driver.json == nil && !driver.isRunning(.json))
  }

  @Test("without an account under the cursor there is nothing to show, and it says so")
  func nothing() {
    var driver = TestDriver(accounts: 1204)
    driver.press(.character("G"), .character("J"))
    #expect(driver.json == nil)
    #expect(driver.notice == "This account has not come yet")
  }

  @Test("a failure is told with what to do, and r tries again")
  func fails() {
    var driver = opened(.failure(InventoryAnswers.forbiddenError))
    #expect(driver.screen.contains("Cloudflare refused (403): Authentication error (10000)."))
    #expect(driver.screen.contains("Check what the credentials may do"))
    driver.press(.character("r"))
    #expect(driver.effects.count == 1)
  }

  @Test("keys that write or move the selection do nothing here")
  func keys() {
    var driver = opened(.success(RawAnswer(status: 200, body: "{}")))
    for key in [Key.character("n"), .character("D"), .character("d"), .enter, .tab] {
      let before = driver
      #expect(driver.press(key) == [])
      #expect(driver.isLike(before))
    }
  }

  @Test("a long answer scrolls to its end, says where it stands, and stays on screen in another window")
  func scrolls() {
    let body = "[\((0..<500).map(String.init).joined(separator: ","))]"
    var driver = opened(.success(RawAnswer(status: 200, body: body)))
    #expect(driver.screen.contains("lines 1–26 of 502"))
    driver.press(.character("G"))
    #expect(driver.screen.contains("lines 477–502 of 502"))
    driver.send(.resize(Size(width: 80, height: 60)))
    #expect(driver.screen.contains("lines 449–502 of 502"))
  }

  @Test("of a huge answer the beginning is shown, and how much is missing")
  func huge() {
    let body = "[\"\(String(repeating: "é", count: 100_000))\"]"
    var driver = opened(.success(RawAnswer(status: 200, body: body)))
    driver.press(.character("G"))
    #expect(driver.screen.contains("… the first 65,536 of 200,004 bytes are shown"))
  }

  @Test("a hostile answer is drawn as marks")
  func hostile() {
    let driver = opened(.success(RawAnswer(status: 200, body: "{\"a\":\"\u{1B}[2J\u{202E}\u{7}\u{9B}31m\u{200B}\"}")))
    for scalar in driver.screen.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20)
      #expect(!(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value))
    }
    #expect(driver.screen.contains("␛[2J⇄␇"))
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
