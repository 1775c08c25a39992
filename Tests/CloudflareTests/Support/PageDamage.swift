import TestSupport

/// Makes pages of accounts as the API sends them, and damages them; the same seed gives the same pages.
struct PageDamage {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// A page with one to three places damaged.
  mutating func page() -> [UInt8] {
    var bytes = Array(whole().utf8)
    for _ in 0..<Int.random(in: 1...3, using: &generator) { damage(&bytes) }
    return bytes
  }

  private mutating func whole() -> String {
    let accounts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in account() }
    return #"{"result":[\#(accounts.joined(separator: ","))],"result_info":{"page":1,"per_page":50,"total_pages":2,"#
      + #""count":50,"total_count":100},"success":true,"errors":[],"messages":[]}"#
  }

  private mutating func account() -> String {
    let name = pick(["Harbor & Pine", "Caf\u{e9} \\u0026 S\\u00f6hne", "\\ud83d\\ude00 \u{1f600}", "a\\/b\\\"c", ""])
    let date = pick(["2022-09-02T14:07:00.000000Z", "2016-02-11T00:00:00Z", "2014-03-01T05:21:02.1234+02:00"])
    let parent = pick(["", #","managed_by":{"parent_org_id":"723e56fe","parent_org_name":"Northshore"}"#])
    return #"{"id":"e2395b40971f2471817fd19ad36999f4","name":"\#(name)","type":"standard","settings":"#
      + #"{"enforce_twofactor":true,"api_access_enabled":null,"abuse_contact_email":"a@b.example"},"legacy_flags":"#
      + #"{"enterprise_zone_quota":{"maximum":25,"current":0,"share":-1.5e3,"list":["x",[]]}},"created_on":"\#(date)""#
      + parent + "}"
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 4: bytes.removeSubrange(place...)
    case 5: bytes.insert(contentsOf: pick(Self.fragments), at: place)
    default: replaceValue(in: &bytes, after: place)
    }
  }

  /// Puts another value in the place of the next one, or of a part of it.
  private mutating func replaceValue(in bytes: inout [UInt8], after place: Int) {
    guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
    let start = colon + 1
    let end = bytes[start...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: pick(Self.fragments))
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  private static let fragments: [[UInt8]] =
    [
      "null", "true", "false", "tru", "0", "-0", "01", "7", "1.5", "1e5", "1E+2", "-", "9223372036854775808",
      "\"\"", "\"x\"", "\"é\"", "{}", "[]", "[[[[", "]]", "{\"a\":1}", "\"", "\\", "\\u0000", "\\u00e9", "\\ud800",
      "\\udc00", "\\ud83d\\ude00", "\\n", "\\x", ",", ":", "/**/", " ", "\n", "\t", "\0", "\u{7f}", "\u{feff}", "é",
      "😀",
      ",\"success\":false", "\"id\":\"z\",", "\"name\":null,", "\"new\":{\"a\":[1]},", "\"error\":\"e\",",
      "\"2014-03-01T05:21:02.1Z\"", "\"2014-13-01T05:21:02Z\"",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]]
}
