/// Numbers the letters of many names after ``Folding``, so that a search without regard to case and accents compares
/// numbers. ASCII keeps its values.
struct CharacterTable: Sendable, Equatable {
  /// Whether a letter is part of a word, by its number.
  private(set) var isWordPart: [Bool]
  /// The numbers of folded letters.
  private var numbers: [Character: UInt16] = [:]
  /// The numbers of non-ASCII characters. The cache avoids repeated folding.
  private var known: [Character: [UInt16]] = [:]

  /// The number of every letter after the first 65,535. No query matches it.
  static let unknown: UInt16 = 0

  init() {
    isWordPart = (0..<128).map { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }
  }

  /// The numbers of a character's letters; `nil` if a letter occurs in no name.
  func numbers(of character: Character) -> [UInt16]? {
    if let known = known[character] { return known }
    var numbers: [UInt16] = []
    for letter in Folding.fold(character) {
      guard let number = number(of: letter) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Appends the numbers of a name, and numbers its new letters.
  mutating func append(_ name: String, to codes: inout [UInt16]) {
    let isPlain =
      name.utf8.withContiguousStorageIfAvailable { bytes in
        // CR followed by LF is one character.
        guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return false }
        codes.append(contentsOf: bytes.lazy.map { UInt16(65...90 ~= $0 ? $0 + 32 : $0) })
        return true
      } ?? false
    if isPlain { return }
    for character in name {
      if let numbers = known[character] {
        codes.append(contentsOf: numbers)
      } else {
        let numbers = Folding.fold(character).map { learn($0) }
        known[character] = numbers
        codes.append(contentsOf: numbers)
      }
    }
  }

  private func number(of letter: Character) -> UInt16? {
    if let value = letter.asciiValue { return value == 0 ? nil : UInt16(value) }
    return numbers[letter]
  }

  private mutating func learn(_ letter: Character) -> UInt16 {
    if let value = letter.asciiValue { return UInt16(value) }
    if let number = numbers[letter] { return number }
    guard isWordPart.count < Int(UInt16.max) else { return Self.unknown }
    let number = UInt16(isWordPart.count)
    numbers[letter] = number
    isWordPart.append(letter.isLetter || letter.isNumber)
    return number
  }
}
