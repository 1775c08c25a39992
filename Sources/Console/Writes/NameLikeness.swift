/// Whether a name may be what a server has made of another: blanks taken away, letters in another case, characters
/// escaped, the end cut off. What servers do to names is not documented.
struct NameLikeness {
  private let wanted: [Character]

  init(to name: String) {
    wanted = Self.essence(of: name)
  }

  func matches(_ name: String) -> Bool {
    let essence = Self.essence(of: name)
    guard !essence.isEmpty else { return wanted.isEmpty }
    if essence == wanted { return true }
    // Two names may begin alike by chance: what is left has to be most of it.
    return essence.count >= max(8, wanted.count / 2) && wanted.starts(with: essence)
  }

  /// Letters and digits only, in lower case. Characters are compared by canonical equivalence, so that the form in which
  /// accents are written does not count.
  private static func essence(of name: String) -> [Character] {
    unescaped(name).lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func unescaped(_ name: String) -> String {
    var text = name
    if text.contains("&") {
      for (escape, character) in [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"),
        ("&#039;", "'"), ("&#x27;", "'"), ("&#34;", "\""), ("&nbsp;", " "),
      ] { text = text.replacing(escape, with: character) }
    }
    return text.contains("%") ? percentDecoded(text) : text
  }

  private static func percentDecoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
