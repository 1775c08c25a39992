import TestSupport
import Testing

@testable import Console

@Suite("What is found by which words")
struct FuzzyMatcherTests {
  typealias Rank = FuzzyMatcher.Rank

  private func rank(_ text: String, _ name: String) -> Rank? {
    var table = CharacterTable()
    var names = FuzzyMatcher.Names()
    names.append(name, &table)
    var found: Rank?
    FuzzyMatcher(FuzzyQuery(text), table).search(names) { found = $1 }
    return found
  }

  private func marked(_ text: String, _ name: String) -> String {
    var table = CharacterTable()
    var codes: [UInt16] = []
    table.append(name, to: &codes)
    let characters = Array(name)
    return String(FuzzyMatcher(FuzzyQuery(text), table).places(in: name).map { characters[$0] })
  }

  @Test(
    "names fit by their beginning, a word's, their inside, or letters in order",
    arguments: [
      ("har", "Harbor & Pine Logistics", Rank.beginning), ("pine", "Harbor & Pine Logistics", .word),
      ("arb", "Harbor & Pine Logistics", .inside), ("hpl", "Harbor & Pine Logistics", .scattered),
      ("log har", "Harbor & Pine Logistics", .word), ("& pine", "Harbor & Pine Logistics", .inside),
      ("harbr", "Harbor & Pine Logistics", .scattered), ("HAR", "Harbor", .beginning), ("Har", "Harbor", .beginning),
      ("hAr", "Harbor", .beginning), ("bah", "Harbor", nil), ("abor", "Harbor", nil), ("harborx", "Harbor", nil),
      ("", "Harbor", nil), ("  ", "Harbor", nil), ("x", "", nil), ("har pin zoo", "Harbor Pine", nil),
      ("cafe", "Café Zürich", .beginning), ("café", "Cafe\u{301} Zürich", .beginning),
      ("café", "Cafe Zurich", .beginning),
      ("zuri", "CAFÉ ZÜRICH", .word), ("ZÜ", "Café Zürich", .word), ("Zu", "Café Zürich", .word),
      ("strasse", "Straße", .beginning), ("straß", "STRASSE", .beginning), ("STRASSE", "straße", .beginning),
      ("HOSTING", "Northshore Hosting", .word), ("lodz", "Łódź", .beginning), ("ŁÓDŹ", "Lodz", .beginning),
      ("ミナ", "株式会社ミナト", .inside),
      ("株", "株式会社ミナト", .beginning), ("会", "東京会館", .inside), ("الميناء", "مؤسسة الميناء", .word),
      ("i\u{307}", "İzmir", .beginning), ("k", "\u{212A}elvin", .beginning), ("\r\n", "a\r\nb", nil),
      ("smorrebrod", "Smørrebrød", .beginning), ("aegir", "Ægir", .beginning), ("ægir", "AEGIR", .beginning),
      ("oeuvre", "Œuvre", .beginning), ("djordje", "Đorđe", nil), ("dorde", "Đorđe", .beginning),
      ("istanbul", "ISTANBUL", .beginning), ("ısparta", "Isparta", .beginning), ("ISPARTA", "ısparta", .beginning),
      ("thor", "Þór", .beginning), ("viet nam", "Việt Nam", .word), ("viê\u{323}t", "VIỆT", .beginning),
      ("harbor", "Ｈａｒｂｏｒ", .beginning), ("１２", "Fund 12", .word), ("finance", "ﬁnance", .beginning),
      ("ΑΘΗΝΑ", "Αθήνα", .beginning), ("οδος", "ΟΔΌΣ", .beginning), ("елка", "Ёлка", .beginning),
      ("ИОД", "и\u{306}од", .beginning), ("gross", "GROẞ", .beginning), ("ドア", "トア", nil), ("한", "하", nil),
      ("2024", "Fund 2024", .word), ("24", "Fund 2024", .inside), ("\u{0}", "a\u{0}b", nil),
    ] as [(String, String, Rank?)])
  func ranks(text: String, name: String, expected: Rank?) {
    #expect(rank(text, name) == expected)
  }

  @Test(
    "what was found is marked, and nothing else",
    arguments: [
      ("pine", "Harbor & Pine", "Pine"), ("hpl", "Harbor & Pine Logistics", "HPL"),
      ("or pin", "Harbor & Pine", "orPin"),
      ("zu", "Café Zürich", "Zü"), ("ss", "Große Straße", "ß"), ("strasse", "Große Straße", "Straße"),
      ("stras", "Große Straße", "Straß"), ("e", "ßé", "é"), ("AE", "Ægir", "Æ"), ("łódź", "Lodz Łódź", "Lodz"),
      ("na", "banana", "na"), ("hr", "Oh Harbor", "Hr"), ("x", "Harbor", ""),
      ("fam", "👩‍👩‍👧‍👦 Family", "Fam"),
    ])
  func marks(text: String, name: String, expected: String) {
    #expect(marked(text, name) == expected)
  }

  @Test(
    "identifiers are found by four or more letters of their beginning or end",
    arguments: [
      ("1b16", true), ("1B16DB16", true), ("1b16db16 9c9cb785", true), ("e1b9", true), ("7198 fae1b9", true),
      ("1b16db169c9cb7853009857198fae1b9", true), ("1b1", false), ("b16d", false), ("1b16-", false), ("é1b9", false),
      ("1b16db169c9cb7853009857198fae1b91", false),
    ])
  func identifiers(text: String, isFound: Bool) {
    #expect(FuzzyQuery(text).matches(identifier: "1b16db169c9cb7853009857198fae1b9") == isFound)
  }

  @Test("only 32 hexadecimal digits are a whole identifier")
  func wholeIdentifier() {
    #expect(FuzzyQuery("1B16db16 9c9cb785 30098598 198fae1b").wholeIdentifier == "1b16db169c9cb78530098598198fae1b")
    #expect(FuzzyQuery("1b16db169c9cb78530098598198fae1").wholeIdentifier == nil)
    #expect(FuzzyQuery("1b16db169c9cb78530098598198fae1x").wholeIdentifier == nil)
  }

  /// The rules in the plainest words, slow.
  private func plainRank(_ word: [Character], _ name: [Character]) -> Rank? {
    func fits(_ one: Character, _ wanted: Character) -> Bool { Character(one.lowercased()) == wanted }
    func beginsWord(_ place: Int) -> Bool {
      place == 0
        || (name[place].isLetter || name[place].isNumber) && !name[place - 1].isLetter && !name[place - 1].isNumber
    }
    let whole = name.indices.filter { start in
      start + word.count <= name.count && zip(name[start...], word).allSatisfy { fits($0, $1) }
    }
    if whole.contains(0) { return .beginning }
    if whole.contains(where: beginsWord) { return .word }
    if !whole.isEmpty { return .inside }
    let isScattered = name.indices.filter { beginsWord($0) && fits(name[$0], word[0]) }.contains { start in
      var rest = word[...]
      for character in name[start...] where rest.first.map({ fits(character, $0) }) == true { rest.removeFirst() }
      return rest.isEmpty
    }
    return isScattered ? .scattered : nil
  }

  @Test("random words in random names are found as the rules say, and a longer word never finds more")
  func random() async {
    var generator = SeededGenerator(seed: 5)
    let letters: [Character] = ["a", "b", "c", "A", "B", " ", "-", "1", "東", "ж", "Ж"]
    for _ in 0..<20_000 {
      // Other tests have deadlines.
      await Task.yield()
      let name = (0..<Int.random(in: 0...12, using: &generator)).map { _ in letters.randomElement(using: &generator)! }
      let word = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        Character(letters.filter { $0 != " " }.randomElement(using: &generator)!.lowercased())
      }
      let found = rank(String(word), String(name))
      #expect(found == (name.isEmpty ? nil : plainRank(word, name)), "\(String(word)) in \(String(name))")
      if word.count > 1, found != nil {
        #expect(rank(String(word.dropLast()), String(name)) != nil, "\(String(word)) in \(String(name))")
      }
      let marks = marked(String(word), String(name))
      #expect(marks.lowercased() == (found == nil ? "" : String(word)))
    }
  }
}
