/// The letters of many names as small numbers, as they are after ``Folding``: what is looked for without regard to case
/// and accents is found by comparing numbers. ASCII keeps its values.
struct CharacterTable: Sendable, Equatable {
  /// By number: whether words are made of it.
  private(set) var isWordPart: [Bool]
  /// The numbers of folded letters.
  private var numbers: [Character: UInt16] = [:]
  /// What the characters of names that are not ASCII have become, so that Unicode is asked once.
  private var known: [Character: [UInt16]] = [:]

  /// Stands for a letter beyond the 65,535 that there are numbers for. Nothing finds it.
  static let unknown: UInt16 = 0

  init() {
    isWordPart = (0..<128).map { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }
  }

  /// The numbers of a character's letters; `nil` when no name has them all.
  func numbers(of character: Character) -> [UInt16]? {
    if let known = known[character] { return known }
    var numbers: [UInt16] = []
    for letter in Folding.fold(character) {
      guard let number = number(of: letter) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Appends the numbers of a name, learning letters that are new.
  mutating func append(_ name: String, to codes: inout [UInt16]) {
    let isPlain =
      name.utf8.withContiguousStorageIfAvailable { bytes in
        // CR and LF are one character when they follow each other.
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
