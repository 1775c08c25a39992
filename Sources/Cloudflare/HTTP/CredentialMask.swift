import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Takes every credential in use out of what a server says, before anything else sees it.
///
/// A credential is found as it is, in Base64 at each of its three alignments, and as either with percent-encoding or
/// JSON's escapes, all in any letter case. A part of it is enough, so that one that is cut or split over several
/// messages is found too.
struct CredentialMask: Sendable {
  /// Stands in place of a credential. No format has a use for its characters.
  static let mark = "(hidden)"

  /// A shorter text is no credential, and could be a word: `jo`, `admin`.
  private static let shortest = 8
  /// Characters of a credential in a row that give it away. Fewer of them also stand in an account's identifier once
  /// in many thousand accounts, and a masked identifier would be a wrong one.
  private static let part = 12
  /// A part with fewer different characters than these (`000000000000`) belongs to anything.
  private static let distinct = 4

  /// What is looked for, folded.
  private let patterns: [[UInt8]]
  /// The hashes of all that stands in four neighbouring bytes of a pattern, as a bit set.
  private var grams = [UInt64](repeating: 0, count: 1024)

  init(_ credentials: Credentials, proxy: Proxy?) {
    var secrets = [Array(credentials.secret.reveal().utf8)]
    if let login = proxy?.login {
      secrets.append(Array(login.password.reveal().utf8))
      secrets.append(Array("\(login.user):\(login.password.reveal())".utf8))
    }
    var patterns: [[UInt8]] = []
    for secret in secrets {
      let forms = [secret] + (0..<3).map { Self.base64(secret, after: $0) }
      for form in forms where form.count >= Self.shortest { patterns.append(form.map(Self.fold)) }
    }
    self.patterns = patterns
    for pattern in patterns {
      for start in 0...(pattern.count - 4) {
        let hash = Self.hash(pattern[start], pattern[start + 1], pattern[start + 2], pattern[start + 3])
        grams[hash >> 6] |= 1 << UInt64(hash & 63)
      }
    }
  }

  /// The headers with their values cleared.
  func clear(_ headers: HTTPHeaders) -> HTTPHeaders {
    HTTPHeaders(headers.map { ($0.name, clear($0.value)) })
  }

  /// A text that nothing decodes any further.
  func clear(_ text: String) -> String {
    var text = text
    let found = text.withUTF8 { ranges(in: UnsafeRawBufferPointer($0), isJSON: false) }
    guard !found.isEmpty else { return text }
    return String(decoding: Self.replace(found, in: Array(text.utf8)), as: UTF8.self)
  }

  /// A body of JSON, which stays JSON.
  func clear(_ body: ByteBuffer) -> ByteBuffer {
    let found = body.withUnsafeReadableBytes { ranges(in: $0, isJSON: true) }
    return found.isEmpty ? body : ByteBuffer(bytes: Self.replace(found, in: Array(body.readableBytesView)))
  }

  private static func replace(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    var cleared: [UInt8] = []
    cleared.reserveCapacity(bytes.count)
    var start = 0
    for range in ranges {
      cleared += bytes[start..<range.lowerBound]
      cleared += mark.utf8
      start = range.upperBound
    }
    return cleared + bytes[start...]
  }

  /// The characters of Base64 that only the secret decides, when it begins so many bytes after a multiple of three.
  private static func base64(_ secret: [UInt8], after offset: Int) -> [UInt8] {
    let text = (Data(repeating: 0, count: offset) + Data(secret)).base64EncodedString()
    let first = (offset * 8 + 5) / 6
    let end = (offset + secret.count) * 8 / 6
    return first < end ? Array(Array(text.utf8)[first..<end]) : []
  }

  /// One form for both letter cases, and for both alphabets of Base64.
  private static func fold(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }

  private static func hash(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Int {
    let word = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
    return Int((word &* 0x9E37_79B1) >> 16)
  }

  /// Where credentials stand, in order.
  ///
  /// Nearly every body is gone through once, with a look at every fourth place: whatever is to be found holds four
  /// neighbouring bytes of a pattern there, or an escape. Only around these is compared.
  private func ranges(in bytes: UnsafeRawBufferPointer, isJSON: Bool) -> [Range<Int>] {
    guard !patterns.isEmpty, bytes.count >= Self.shortest else { return [] }
    var found: [Range<Int>] = []
    var end = 0
    var index = 0
    while index < bytes.count {
      guard isEscape(bytes, index) || index & 3 == 0 && holdsGram(bytes, index) else {
        index += 1
        continue
      }
      var start = max(end, index - Self.part + 1)
      while start <= index {
        if !(isJSON && isInsideEscape(bytes, start)), let stop = match(bytes, start) {
          found.append(start..<stop)
          end = stop
          break
        }
        start += 1
      }
      index = max(index + 1, end)
    }
    return found
  }

  private func isEscape(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "%"), 0: true
    case UInt8(ascii: "\\"):
      index + 1 < bytes.count && (bytes[index + 1] == UInt8(ascii: "u") || bytes[index + 1] == UInt8(ascii: "/"))
    default: false
    }
  }

  private func holdsGram(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index + 4 <= bytes.count else { return false }
    let hash = Self.hash(
      Self.fold(bytes[index]), Self.fold(bytes[index + 1]), Self.fold(bytes[index + 2]), Self.fold(bytes[index + 3]))
    return grams[hash >> 6] & (1 << UInt64(hash & 63)) != 0
  }

  /// Whether a place lies within an escape of JSON, which a mask must not cut in two.
  private func isInsideEscape(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    for distance in 1...5 where distance <= index && bytes[index - distance] == UInt8(ascii: "\\") {
      var backslashes = 0
      while backslashes <= index - distance, bytes[index - distance - backslashes] == UInt8(ascii: "\\") {
        backslashes += 1
      }
      return backslashes % 2 == 1 && (distance == 1 || bytes[index - distance + 1] == UInt8(ascii: "u"))
    }
    return false
  }

  /// Where the longest credential, or part of one, that begins here ends.
  private func match(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    guard let first = Self.character(bytes, start, decoding: 3) else { return nil }
    var longest: Int?
    for pattern in patterns {
      let need = min(pattern.count, Self.part)
      for offset in 0...(pattern.count - need) where pattern[offset] == first.value {
        var place = first.end
        var length = 1
        while offset + length < pattern.count, let next = Self.character(bytes, place, decoding: 3),
          next.value == pattern[offset + length]
        {
          place = next.end
          length += 1
        }
        guard length == pattern.count || (length >= need && Self.isTelling(pattern[offset..<offset + length])) else {
          continue
        }
        longest = max(longest ?? 0, place)
      }
    }
    return longest
  }

  private static func isTelling(_ part: ArraySlice<UInt8>) -> Bool {
    var seen: [UInt8] = []
    for byte in part where !seen.contains(byte) {
      seen.append(byte)
      if seen.count == distinct { return true }
    }
    return false
  }

  /// The folded character at a place, with its escapes undone, and where the next one begins.
  ///
  /// - Parameter layers: 1 for JSON's escapes, one more for each percent-encoding over them. Layer 0 passes over the
  ///   zeros of wider encodings.
  private static func character(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, decoding layers: Int
  ) -> (value: UInt8, end: Int)? {
    guard let character = raw(bytes, place, decoding: layers) else { return nil }
    return (fold(character.value), character.end)
  }

  private static func raw(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, decoding layers: Int
  ) -> (value: UInt8, end: Int)? {
    guard layers > 0 else {
      var place = place
      while place < bytes.count, bytes[place] == 0 { place += 1 }
      return place < bytes.count ? (bytes[place], place + 1) : nil
    }
    guard let character = raw(bytes, place, decoding: layers - 1) else { return nil }
    func digits(_ count: Int, from place: Int) -> (value: Int, end: Int)? {
      var value = 0
      var place = place
      for _ in 0..<count {
        guard let digit = raw(bytes, place, decoding: layers - 1),
          let number = PercentEncoding.hexadecimalValue(digit.value)
        else { return nil }
        value = value << 4 | Int(number)
        place = digit.end
      }
      return (value, place)
    }
    switch character.value {
    case UInt8(ascii: "%") where layers > 1:
      guard let code = digits(2, from: character.end) else { return character }
      return (UInt8(code.value), code.end)
    case UInt8(ascii: "\\") where layers == 1:
      guard let next = raw(bytes, character.end, decoding: 0) else { return character }
      if next.value == UInt8(ascii: "/") { return next }
      guard next.value == UInt8(ascii: "u"), let code = digits(4, from: next.end) else { return character }
      return (UInt8(exactly: code.value) ?? 0, code.end)
    default: return character
    }
  }
}
