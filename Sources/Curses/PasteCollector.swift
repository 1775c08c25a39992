/// The text between the marks that a terminal puts around what is pasted.
struct PasteCollector {
  /// Bytes that are kept; what is pasted beyond is dropped.
  static let byteLimit = 64 * 1024

  private static let endMark = Array("\u{1B}[201~".utf8)

  /// Whether the text is to be dropped, and only its end is waited for.
  var isUnwanted = false
  private var bytes: [UInt8] = []
  private var isFull = false
  /// How many bytes of the end mark have arrived.
  private var matched = 0

  /// Whether the last bytes may be the beginning of the end mark, or the Escape key.
  var isWithinMark: Bool { matched > 0 }

  /// Takes a byte, and tells whether it was the last of the end mark.
  mutating func consume(_ byte: UInt8) -> Bool {
    if byte == Self.endMark[matched] {
      matched += 1
      return matched == Self.endMark.count
    }
    keep(Self.endMark.prefix(matched))
    // The mark's first byte comes only once in it, so a new match can begin nowhere else than here.
    matched = byte == Self.endMark[0] ? 1 : 0
    if matched == 0 { keep([byte]) }
    return false
  }

  /// Takes what certainly belongs to the text: everything before the next byte that may begin the end mark.
  ///
  /// - Returns: how many bytes that was.
  mutating func consume(run bytes: Slice<UnsafeRawBufferPointer>) -> Int {
    guard matched == 0 else { return 0 }
    let run = bytes.prefix { $0 != Self.endMark[0] }
    keep(run)
    return run.count
  }

  /// The text, with line ends as `\n`; terminals send them as the Enter key.
  var text: String {
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = String.UnicodeScalarView()
    var endsInReturn = false
    for scalar in text.unicodeScalars {
      if !(scalar == "\n" && endsInReturn) { lines.append(scalar == "\r" ? "\n" : scalar) }
      endsInReturn = scalar == "\r"
    }
    return String(lines)
  }

  private mutating func keep(_ more: some Collection<UInt8>) {
    guard !isUnwanted, !isFull else { return }
    bytes.append(contentsOf: more.prefix(Self.byteLimit - bytes.count))
    isFull = bytes.count == Self.byteLimit
    if isFull { dropCutCharacter() }
  }

  /// Takes away the character that the limit has cut, if it has cut one.
  private mutating func dropCutCharacter() {
    guard
      let start = bytes.suffix(4).lastIndex(where: { !(0x80...0xBF ~= $0) }),
      let length = bytes[start].encodedLength, start + length > bytes.count
    else { return }
    bytes.removeSubrange(start...)
  }
}
