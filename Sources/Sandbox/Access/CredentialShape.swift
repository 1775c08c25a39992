/// What credentials look like, by Cloudflare's documentation of token formats.
enum CredentialShape {
  /// The Global API Key: 37 to 45 lowercase hexadecimal digits, or since 2026 `cfk_` and more.
  static func isKey(_ text: String) -> Bool {
    isPrefixed(text, by: ["cfk_"])
      || (37...45).contains(text.utf8.count) && text.utf8.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
  }

  /// The token of an `Authorization: Bearer` header: 40 letters, digits, hyphens and underscores, or since 2026 one of
  /// the prefixes and more. `nil` when the header is not of that shape.
  static func bearerToken(_ header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = String(parts[1])
    let isToken = token.utf8.count == 40 && token.utf8.allSatisfy(isTokenCharacter)
    return isToken || isPrefixed(token, by: ["cfut_", "cfat_", "cfoat_"]) ? token : nil
  }

  /// Something before and after one `@`, without blanks.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
      && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  /// The prefix, 40 characters and a checksum, whose length and algorithm are not published.
  private static func isPrefixed(_ text: String, by prefixes: [String]) -> Bool {
    prefixes.contains { prefix in
      let rest = text.utf8.dropFirst(prefix.utf8.count)
      return text.hasPrefix(prefix) && (41...80).contains(rest.count) && rest.allSatisfy(isTokenCharacter)
    }
  }

  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
