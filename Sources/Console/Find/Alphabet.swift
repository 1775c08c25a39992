/// The characters of many names as small numbers, with what each counts as when it is looked for. ASCII keeps its values.
///
/// Characters that are canonically equivalent have one number, so that a name is found however it was composed.
struct Alphabet: Sendable, Equatable {
  /// By number: itself.
  private(set) var same: [UInt16]
  /// By number: its lowercase.
  private(set) var folded: [UInt16]
  /// By number: the letter without its accents, in its own case.
  private(set) var plain: [UInt16]
  /// By number: the letter without its accents, in lowercase.
  private(set) var foldedPlain: [UInt16]
  /// By number: whether words are made of it.
  private(set) var isWordPart: [Bool]
  private var numbers: [Character: UInt16] = [:]

  /// Stands for a character beyond the 65,535 that there are numbers for. Nothing finds it.
  static let unknown: UInt16 = 0

  init() {
    let ascii = (0..<128).map(UInt16.init)
    same = ascii
    folded = ascii.map { 65...90 ~= $0 ? $0 + 32 : $0 }
    plain = ascii
    foldedPlain = folded
    isWordPart = ascii.map { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }
  }

  /// The number of a character that some name has; `nil` for all others.
  func number(of character: Character) -> UInt16? {
    if let value = character.asciiValue { return value == 0 ? nil : UInt16(value) }
    return numbers[character]
  }

  /// The numbers of a name whose characters are all known.
  func numbers(of name: String) -> [UInt16] { name.map { number(of: $0) ?? Self.unknown } }

  /// Appends the numbers of a name, learning characters that are new.
  mutating func append(_ name: String, to codes: inout [UInt16]) {
    let isPlain =
      name.utf8.withContiguousStorageIfAvailable { bytes in
        // CR and LF are one character when they follow each other.
        guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return false }
        codes.append(contentsOf: bytes.lazy.map(UInt16.init))
        return true
      } ?? false
    if isPlain { return }
    for character in name { codes.append(learn(character)) }
  }

  private mutating func learn(_ character: Character) -> UInt16 {
    if let value = character.asciiValue { return UInt16(value) }
    if let number = numbers[character] { return number }
    guard same.count < Int(UInt16.max) else { return Self.unknown }
    let number = UInt16(same.count)
    numbers[character] = number
    same.append(number)
    folded.append(number)
    plain.append(number)
    foldedPlain.append(number)
    isWordPart.append(character.isLetter || character.isNumber)
    if let lower = Self.single(character.lowercased()), lower != character { folded[Int(number)] = learn(lower) }
    if let letter = Self.withoutAccents(character) { plain[Int(number)] = UInt16(letter) }
    let bare = plain[Int(number)]
    foldedPlain[Int(number)] = bare == number ? folded[Int(number)] : folded[Int(bare)]
    return number
  }

  private static func single(_ text: String) -> Character? { text.count == 1 ? text.first : nil }

  /// The ASCII letter that a Latin letter is written on: `e` for é.
  ///
  /// Unicode's own names tell it: LATIN SMALL LETTER E WITH ACUTE. A letter that stands apart has no WITH: ß, æ, ı.
  private static func withoutAccents(_ character: Character) -> UInt8? {
    guard let first = character.unicodeScalars.first else { return nil }
    if first.isASCII { return UInt8(first.value) }
    guard let words = first.properties.name?.split(separator: " "), words.count > 5, words[0] == "LATIN",
      words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1, let letter = words[3].utf8.first
    else { return nil }
    return words[1] == "SMALL" ? letter + 32 : words[1] == "CAPITAL" ? letter : nil
  }
}
