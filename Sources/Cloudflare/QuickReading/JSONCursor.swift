/// Goes through the bytes of a JSON text, value by value, and copies nothing but the strings that are asked for.
///
/// It is stricter than JSON: whatever is unusual throws ``Unsure``, and whoever reads with it then leaves the whole
/// text to `JSONDecoder`. So it never has to decide what a doubtful text means.
struct JSONCursor {
  /// The text is wrong, or so unusual that `JSONDecoder` has to say what it means.
  struct Unsure: Error {}

  /// The inside of a string, as it is written.
  struct Text {
    let bytes: UnsafeRawBufferPointer
    let isASCII: Bool
    let hasEscapes: Bool
  }

  /// How many arrays and objects may lie in each other in what is skipped. `JSONDecoder` allows 512.
  static let deepest = 64

  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  /// Whether an array or object was just entered, so that no comma is due.
  private var isAtStart = false

  /// - Parameter bytes: have to outlive the cursor and everything that it gives back as ``Text``.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The byte at the position; 0, which no JSON text holds, behind the end. Every byte is read through here.
  private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// The next byte that is no space.
  mutating func peek() -> UInt8 {
    while true {
      switch current {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case let byte: return byte
      }
    }
  }

  /// Goes over the byte, and spaces before it.
  private mutating func take(_ byte: UInt8) throws(Unsure) {
    guard peek() == byte else { throw Unsure() }
    position += 1
  }

  private mutating func take(word: StaticString) throws(Unsure) {
    guard word.matches(bytes[position...].prefix(word.utf8CodeUnitCount)) else { throw Unsure() }
    position += word.utf8CodeUnitCount
  }

  /// Makes sure that nothing but spaces follows.
  mutating func finish() throws(Unsure) {
    guard peek() == 0, position == bytes.count else { throw Unsure() }
  }

  // MARK: Arrays and objects

  mutating func enterObject() throws(Unsure) {
    try take(UInt8(ascii: "{"))
    isAtStart = true
  }

  mutating func enterArray() throws(Unsure) {
    try take(UInt8(ascii: "["))
    isAtStart = true
  }

  /// The next key of the object, whose value has to be read or skipped then; `nil` when the object has ended.
  mutating func nextKey() throws(Unsure) -> Text? {
    guard try goOn(until: UInt8(ascii: "}")) else { return nil }
    let key = try text()
    if key.hasEscapes { throw Unsure() }
    try check(key)
    try take(UInt8(ascii: ":"))
    return key
  }

  /// Whether the array has another element, which has to be read or skipped then.
  mutating func hasElement() throws(Unsure) -> Bool {
    try goOn(until: UInt8(ascii: "]"))
  }

  private mutating func goOn(until end: UInt8) throws(Unsure) -> Bool {
    defer { isAtStart = false }
    if peek() == end {
      position += 1
      return false
    }
    if !isAtStart { try take(UInt8(ascii: ",")) }
    return true
  }

  // MARK: Values

  /// Goes over `null`, if it is next.
  mutating func takeNull() throws(Unsure) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try take(word: "null")
    return true
  }

  mutating func boolean() throws(Unsure) -> Bool {
    let value = peek() == UInt8(ascii: "t")
    try take(word: value ? "true" : "false")
    return value
  }

  /// A whole number from 0 to 18 digits, written as one.
  mutating func integer() throws(Unsure) -> Int {
    let first = peek()
    let start = position
    var value = 0
    while Self.isDigit(current) {
      guard position - start < 18 else { throw Unsure() }
      value = value * 10 + Int(current - UInt8(ascii: "0"))
      position += 1
    }
    guard position > start, first != UInt8(ascii: "0") || position == start + 1 else { throw Unsure() }
    // "1.0" and "1e3" go on here, and are no end of a value.
    switch current {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): throw Unsure()
    default: return value
    }
  }

  mutating func string() throws(Unsure) -> String {
    try string(text())
  }

  /// The inside of the string that is next. Its bytes are not checked further.
  mutating func text() throws(Unsure) -> Text {
    try take(UInt8(ascii: "\""))
    var place = position
    var union: UInt8 = 0
    var hasEscapes = false
    while true {
      // Most strings are plain: eight of their bytes are seen at once.
      while place + 8 <= bytes.count,
        Self.isPlain(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      {
        place += 8
      }
      guard place < bytes.count else { throw Unsure() }
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw Unsure() }
      union |= byte
      place += 1
      if byte == UInt8(ascii: "\\") {
        guard place < bytes.count else { throw Unsure() }
        hasEscapes = true
        union |= bytes[place]
        place += 1
      }
    }
    let inside = UnsafeRawBufferPointer(rebasing: bytes[position..<place])
    position = place + 1
    return Text(bytes: inside, isASCII: union < 0x80, hasEscapes: hasEscapes)
  }

  /// Whether all eight bytes are ASCII, and none is a control character, a quotation mark or a backslash.
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones * UInt64(UInt8(ascii: "\"")))
    let backslashes = word ^ (ones * UInt64(UInt8(ascii: "\\")))
    // Subtracting borrows from a byte's highest bit when the byte is less than what is subtracted.
    let found = word | (word &- ones * 0x20) | (quotes &- ones) | (backslashes &- ones)
    return found & (ones * 0x80) == 0
  }

  func string(_ text: Text) throws(Unsure) -> String {
    if text.hasEscapes { return try JSONEscapes.resolve(text.bytes) }
    if text.isASCII { return String(decoding: text.bytes, as: UTF8.self) }
    guard let string = String(validating: text.bytes, as: UTF8.self) else { throw Unsure() }
    return string
  }

  private func check(_ text: Text) throws(Unsure) {
    if text.hasEscapes || !text.isASCII { _ = try string(text) }
  }

  // MARK: What nobody wants

  /// Goes over the next value, whatever it is.
  mutating func skip(depth: Int = 0) throws(Unsure) {
    guard depth < Self.deepest else { throw Unsure() }
    switch peek() {
    case UInt8(ascii: "\""): try check(text())
    case UInt8(ascii: "{"):
      try enterObject()
      while try nextKey() != nil { try skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try enterArray()
      while try hasElement() { try skip(depth: depth + 1) }
    case UInt8(ascii: "t"): try take(word: "true")
    case UInt8(ascii: "f"): try take(word: "false")
    case UInt8(ascii: "n"): try take(word: "null")
    default: try skipNumber()
    }
  }

  private mutating func skipNumber() throws(Unsure) {
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try skipDigits() }
    if current == UInt8(ascii: ".") {
      position += 1
      try skipDigits()
    }
    guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return }
    position += 1
    if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { position += 1 }
    try skipDigits()
  }

  private mutating func skipDigits() throws(Unsure) {
    guard Self.isDigit(current) else { throw Unsure() }
    while Self.isDigit(current) { position += 1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}

/// Lets a `switch` over keys name them as they are written.
func ~= (name: StaticString, key: JSONCursor.Text) -> Bool {
  name.matches(key.bytes[...])
}

extension StaticString {
  fileprivate func matches(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard utf8CodeUnitCount == bytes.count else { return false }
    return withUTF8Buffer { name in
      for index in name.indices where name[index] != bytes[bytes.startIndex + index] { return false }
      return true
    }
  }
}
