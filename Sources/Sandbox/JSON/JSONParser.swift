/// Why bytes are no JSON.
struct JSONError: Error, Equatable {
  /// How many bytes were good.
  var offset: Int
}

extension JSON {
  /// Reads one JSON value (RFC 8259) in UTF-8. Of members of one name the last counts.
  init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }
}

/// Reads JSON from bytes, once through.
private struct JSONParser {
  let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Values within values, at most: far more than any request has.
  private static let depthLimit = 100

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipBlanks()
    guard offset == bytes.count else { throw error }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    depth += 1
    guard depth <= Self.depthLimit else { throw error }
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    var places: [String: Int] = [:]
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      let name = try string()
      skipBlanks()
      guard take(":") else { throw error }
      let member = JSON.Member(name: name, value: try value())
      if let place = places[name] {
        members[place] = member
      } else {
        places[name] = members.count
        members.append(member)
      }
      skipBlanks()
    } while take(",")
    guard take("}") else { throw error }
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSON {
    var values: [JSON] = []
    skipBlanks()
    if take("]") { return .array([]) }
    repeat {
      values.append(try value())
      skipBlanks()
    } while take(",")
    guard take("]") else { throw error }
    return .array(values)
  }

  private mutating func string() throws(JSONError) -> String {
    guard take("\"") else { throw error }
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error }
      offset += 1
      if byte == UInt8(ascii: "\\") { try escape(&text) } else { text.append(byte) }
    }
    guard take("\""), let text = String(validating: text, as: UTF8.self) else { throw error }
    return text
  }

  private mutating func escape(_ text: inout [UInt8]) throws(JSONError) {
    guard let byte = peek else { throw error }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try codeUnit()
      // The two halves of a character beyond U+FFFF.
      if scalar & 0xFC00 == 0xD800 {
        guard take("\\"), take("u") else { throw error }
        let low = try codeUnit()
        guard low & 0xFC00 == 0xDC00 else { throw error }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = Unicode.Scalar(scalar) else { throw error }
      text += UTF8.encode(scalar).map(Array.init) ?? []
    default: throw error
    }
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    guard bytes.count - offset >= 4 else { throw error }
    let digits = bytes[offset..<offset + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error }
    offset += 4
    return unit
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = offset
    _ = take("-")
    if !take("0") { try digits() }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isWhole, let number = Int(text) { return .integer(number) }
    guard let number = Double(text), number.isFinite else { throw error }
    return .number(number)
  }

  /// At least one.
  private mutating func digits() throws(JSONError) {
    let start = offset
    while let byte = peek, (0x30...0x39).contains(byte) { offset += 1 }
    guard offset > start else { throw error }
  }

  private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[offset...].starts(with: wanted) else { throw error }
    offset += wanted.count
    return value
  }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(truncatingIfNeeded: character.value) else { return false }
    offset += 1
    return true
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private var error: JSONError { JSONError(offset: offset) }
}
