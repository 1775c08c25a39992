import Terminal
import Testing

@testable import Console

@Suite("Finding text in the detail pane")
struct DetailSearchTests {
  private func opened(size: Size = Size(width: 120, height: 32)) -> Person {
    var person = Person(accounts: 30, size: size)
    person.rest()
    person.answerInventory(with: .rich)
    person.press(.enter)
    return person
  }

  @Test("what is typed is found at once, n and N go on around the ends, and Esc goes back to the list")
  func finding() {
    var person = opened()
    person.press(.character("/"))
    #expect(person.state.inputContext == .detailSearch)
    for character in "active" { person.press(.character(Unicode.Scalar(String(character))!)) }
    let first = person.state.browse.detailSearch?.line
    #expect(first != nil)
    person.press(.enter)
    #expect(person.state.inputContext == .detail)
    person.press(.character("n"))
    let second = person.state.browse.detailSearch?.line
    #expect(second != nil && second != first)
    #expect(person.screen.contains("“active” · 2 of "))
    person.press(.character("N"))
    #expect(person.state.browse.detailSearch?.line == first)
    person.press(.character("N"))
    // Around the beginning to the last one, and from there around the end.
    let last = person.state.browse.detailSearch?.line
    #expect(last != nil && last != first)
    person.press(.character("n"))
    #expect(person.state.browse.detailSearch?.line == first)
    #expect(person.screen.contains("“active” · 1 of "))
    #expect(person.state.dialog == nil)
    person.press(.escape)
    #expect(person.state.inputContext == .list && person.state.browse.detailSearch == nil)
  }

  @Test("a match below the window is scrolled to")
  func scrolling() {
    var person = opened(size: Size(width: 80, height: 16))
    person.press(.character("/"))
    for character in "access" { person.press(.character(Unicode.Scalar(String(character))!)) }
    let line = person.state.browse.detailSearch?.line ?? -1
    let rows = person.state.layout.detail.height
    #expect(line >= rows)
    #expect((person.state.browse.detailScroll..<person.state.browse.detailScroll + rows).contains(line))
  }

  @Test("what is found is marked, in the label and in the text behind it", arguments: ["zones", "active"])
  func marking(text: String) {
    var person = opened()
    func marked() -> [String] {
      let frame = view(person.state)
      return (0..<frame.size.height).flatMap { row in
        frame.cells[row * frame.size.width..<(row + 1) * frame.size.width]
          .split { !$0.style.attributes.isSuperset(of: Theme.match) }
          .map { String(String.UnicodeScalarView($0.compactMap { Unicode.Scalar($0.scalar) })).lowercased() }
      }
    }
    #expect(marked() == [])
    person.press(.character("/"))
    person.type(text)
    person.press(.enter)
    #expect(!marked().isEmpty && marked().allSatisfy { $0 == text })
    let line = person.state.browse.detailSearch?.line ?? 0
    let found = person.state.detailLines(width: person.state.layout.detail.width)[line]
    #expect(found.label == "Zones" || found.text.contains("active"))
  }

  @Test("text that is not there says so, and n without a search says how to begin one")
  func nothing() {
    var person = opened()
    person.press(.character("n"))
    #expect(person.state.dialog == nil && person.state.notice?.nextStep == "/ finds text in it")
    person.press(.character("/"), .character("§"))
    #expect(person.screen.contains("no line here has it"))
    person.press(.escape)
    #expect(person.state.browse.detailSearch == nil && person.state.inputContext == .detail)
  }

  @Test(
    "text is found whatever its case and accents",
    arguments: [
      ("zone", "Zone and ZONE", 2), ("Zone", "zone and Zone", 2), ("", "x", 0), ("aa", "aaaa", 2),
      ("strasse", "Große Straße", 1), ("é", "Cafe\u{301}, cafe", 2), ("ss", "ß", 1), ("sst", "ß", 0),
    ])
  func matching(wanted: String, text: String, count: Int) {
    var search = DetailSearch()
    search.field.apply(.insert(wanted))
    #expect(search.matches(in: text).count == count)
  }
}
