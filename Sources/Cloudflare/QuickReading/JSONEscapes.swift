/// The escapes in JSON strings, and what they stand for.
enum JSONEscapes {
  /// The text that a string's inside stands for.
  ///
  /// - Throws: for unknown escapes, half a surrogate pair, and bytes that are no UTF-8.
  static func resolve(_ bytes: UnsafeRawBufferPointer) throws(JSONCursor.Unsure) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
      case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "/"): result.append(UInt8(ascii: "/"))
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "u"): result.append(contentsOf: String(try scalar(&rest)).utf8)
      default: throw JSONCursor.Unsure()
      }
    }
    guard let string = String(validating: result, as: UTF8.self) else { throw JSONCursor.Unsure() }
    return string
  }

  private static func scalar(
    _ rest: inout Slice<UnsafeRawBufferPointer>
  ) throws(JSONCursor.Unsure) -> Unicode.Scalar {
    let first = try unit(&rest)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(first), rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u")
    else { throw JSONCursor.Unsure() }
    let second = try unit(&rest)
    guard UTF16.isTrailSurrogate(second) else { throw JSONCursor.Unsure() }
    return UTF16.decode(UTF16.EncodedScalar(containing: first, second))
  }

  private static func unit(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(JSONCursor.Unsure) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch rest.popFirst() {
      case let byte? where UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte: digit = byte - UInt8(ascii: "0")
      case let byte? where UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte: digit = byte - UInt8(ascii: "a") + 10
      case let byte? where UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte: digit = byte - UInt8(ascii: "A") + 10
      default: throw JSONCursor.Unsure()
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}

extension UTF16.EncodedScalar {
  fileprivate init(containing lead: UInt16, _ trail: UInt16) {
    self.init()
    append(lead)
    append(trail)
  }
}
