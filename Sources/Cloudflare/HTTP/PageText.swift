/// What a page that is no answer of the API says, in a few words: its title, or else its first text.
enum PageText {
  /// Bytes of a page that are looked at.
  static let limit = 64 * 1024
  private static let length = 200

  /// Whether a content type promises text to read.
  static func isReadable(_ mediaType: String) -> Bool {
    mediaType.hasPrefix("text/") || mediaType == "application/xhtml+xml" || mediaType == "application/xml"
  }

  /// - Returns: one line; `nil` when the page has no text.
  static func words(in page: some Sequence<UInt8>) -> String? {
    let bytes = Array(page)
    let reader = Reader(bytes: bytes, lower: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    let words = reader.title ?? reader.text
    return words.isEmpty ? nil : words
  }

  /// Goes through HTML, however wrong it is; text without a tag stays as it is.
  private struct Reader {
    let bytes: [UInt8]
    /// The same in lower case.
    let lower: [UInt8]
    /// Tags that part no words.
    private static let inline: Set = ["a", "b", "code", "em", "font", "i", "small", "span", "strong", "u"]
    private static let unseen = ["script", "style", "title", "noscript", "template"]

    var title: String? {
      guard let open = find("<title", from: 0), let start = find(">", from: open),
        let end = find("</title", from: start)
      else { return nil }
      let title = PageText.plain(bytes[(start + 1)..<end])
      return title.isEmpty ? nil : title
    }

    var text: String {
      var text: [UInt8] = []
      var index = 0
      while index < bytes.count {
        guard bytes[index] == UInt8(ascii: "<") else {
          text.append(bytes[index])
          index += 1
          continue
        }
        let name = lower[(index + 1)...].drop { $0 == UInt8(ascii: "/") }.prefix(while: PercentEncoding.isAlphanumeric)
        if !Self.inline.contains(String(decoding: name, as: UTF8.self)) { text.append(UInt8(ascii: " ")) }
        if has("<!--", at: index) {
          index = find("-->", from: index).map { $0 + 3 } ?? bytes.count
        } else {
          let name = Self.unseen.first { has("<" + $0, at: index) }
          let end = name.map { find("</" + $0, from: index) ?? bytes.count } ?? index
          index = find(">", from: end).map { $0 + 1 } ?? bytes.count
        }
      }
      return PageText.plain(text[...])
    }

    private func has(_ word: String, at index: Int) -> Bool { lower[index...].starts(with: word.utf8) }

    private func find(_ word: String, from start: Int) -> Int? {
      guard start < lower.count, let first = word.utf8.first else { return nil }
      return lower[start...].indices.first { lower[$0] == first && has(word, at: $0) }
    }
  }

  /// Without entities, and with single blanks.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    var line = ""
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    while let mark = rest.firstIndex(of: "&") {
      line += rest[..<mark]
      rest = rest[mark...]
      if let end = rest.prefix(12).firstIndex(of: ";"), let text = entity(rest[..<end].dropFirst()) {
        line += text
        rest = rest[rest.index(after: end)...]
      } else {
        line += "&"
        rest = rest.dropFirst()
      }
    }
    line += rest
    let words = line.split { $0.isWhitespace || $0 == "\u{A0}" }.joined(separator: " ")
    return CloudflareError.oneLine(words, limit: length)
  }

  private static func entity(_ name: Substring) -> String? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let code = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return code.flatMap { Unicode.Scalar($0) }.map { String($0) }
    }
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return " "
    default: return nil
    }
  }
}
