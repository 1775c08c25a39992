/// Formats JSON for reading. Only blanks between tokens change; the order of keys, numbers and escapes stay as sent.
/// Text that is not JSON stays as it is.
enum JSONLines {
  /// The deepest level that is indented further.
  private static let deepestIndentation = 20

  static func lines(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    guard let first = bytes.first(where: { !isBlank($0) }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init) }
    var page = Page()
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        let end = endOfString(bytes, from: index)
        page.line += bytes[index - 1..<end]
        index = end
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        page.line.append(byte)
        // An empty object or array stays on one line.
        if let next = bytes[index...].firstIndex(where: { !isBlank($0) }), bytes[next] == byte + 2 {
          page.line.append(bytes[next])
          index = next + 1
        } else {
          page.depth += 1
          page.breakLine()
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        page.depth = max(0, page.depth - 1)
        page.breakLine()
        page.line.append(byte)
      case UInt8(ascii: ","):
        page.line.append(byte)
        page.breakLine()
      case UInt8(ascii: ":"): page.line += [byte, UInt8(ascii: " ")]
      case _ where isBlank(byte): break
      default: page.line.append(byte)
      }
    }
    page.breakLine()
    return page.lines
  }

  private struct Page {
    var lines: [String] = []
    var line: [UInt8] = []
    var depth = 0
    private var lineDepth = 0

    mutating func breakLine() {
      if !line.isEmpty {
        let indentation = String(repeating: "  ", count: min(lineDepth, JSONLines.deepestIndentation))
        lines.append(indentation + String(decoding: line, as: UTF8.self))
      }
      line = []
      lineDepth = depth
    }
  }

  /// The index behind the closing quotation mark of a string that begins before `index`.
  private static func endOfString(_ bytes: [UInt8], from index: Int) -> Int {
    var index = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "\""): return index + 1
      default: index += 1
      }
    }
    return bytes.count
  }

  /// The blanks of JSON.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
