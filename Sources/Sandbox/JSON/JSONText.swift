/// JSON being written, straight into bytes: a page of fifty accounts must not cost more than sending it.
struct JSONText: Sendable {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 512) {
    bytes.reserveCapacity(capacity)
  }

  /// Appends text that already is JSON.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ text: [UInt8]) {
    bytes.append(contentsOf: text)
  }

  /// Appends a string in quotes, escaped as far as JSON demands.
  mutating func string(_ text: String) {
    var text = text
    bytes.append(0x22)
    text.withUTF8 { escaped($0) }
    bytes.append(0x22)
  }

  private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
    var written = 0
    for offset in text.indices where text[offset] < 0x20 || text[offset] == 0x22 || text[offset] == 0x5C {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<offset]))
      escape(text[offset])
      written = offset + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22, 0x5C: bytes += [0x5C, byte]
    case 0x0A: raw(#"\n"#)
    case 0x0D: raw(#"\r"#)
    case 0x09: raw(#"\t"#)
    default:
      raw(#"\u00"#)
      for nibble in [byte >> 4, byte & 0xF] { bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    }
  }

  mutating func string(_ identifier: Identifier) {
    bytes.append(0x22)
    identifier.append(to: &bytes)
    bytes.append(0x22)
  }

  mutating func string(_ timestamp: Timestamp) {
    bytes.append(0x22)
    timestamp.append(to: &bytes)
    bytes.append(0x22)
  }

  mutating func number(_ number: Int) {
    bytes.append(contentsOf: String(number).utf8)
  }

  mutating func boolean(_ value: Bool) {
    raw(value ? "true" : "false")
  }
}
