import FoundationEssentials
import Testing

@testable import Sandbox

@Suite("JSON")
struct JSONTests {
  @Test(
    "is read as Foundation reads it",
    arguments: [
      "null", " true ", "false", "0", "-0", "12", "-7", "9223372036854775807", "9223372036854775808", "1.5", "1e3",
      "-2.5E-3", "1e400", "01", "1.", ".5", "+1", "-", "1e", "\"\"", "\"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\"",
      "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\u12\"", "\"\\x\"", "\"é東🌻\"",
      "\"open", "\"a\u{1}\"", "[]", "[1, 2 ,3]", "[,1]", "[1 2]", "{}", "{\"a\":1}", "{\"a\":{\"b\":[null,\"c\"]}}",
      "{\"a\" : 1 , \"b\" : 2}", "{a:1}", "{\"a\" 1}", "{\"a\":}", "", " ", "nul", "nulll", "[", "]", "{",
      "true false", "\u{FEFF}1 2",
    ])
  func agreesWithFoundation(text: String) throws {
    let own = try? JSON(parsing: Array(text.utf8))
    let other = try? JSONDecoder().decode(Reference.self, from: Data(text.utf8)).value
    #expect(own.map(sorted) == other.map(sorted))
  }

  @Test(
    "with a comma too many is refused, which Foundation lets pass", arguments: ["[1,]", #"{"a":1,}"#, "[,]", "{,}"])
  func comma(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
  }

  @Test("is read again as it was written")
  func roundTrip() throws {
    var random = RandomStream(seed: 11, purpose: .faults)
    for _ in 0..<500 {
      let value = make(&random, depth: 0)
      var text = JSONText()
      text.value(value)
      #expect(try JSON(parsing: text.bytes) == value)
      // Cut off anywhere, it is no JSON any more, or a shorter number.
      let cut = Array(text.bytes.prefix(random.below(text.bytes.count)))
      if case .object = value { #expect(throws: JSONError.self) { try JSON(parsing: cut) } }
    }
  }

  @Test("with bytes that are no UTF-8 is refused")
  func invalidText() {
    for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] as [[UInt8]] {
      #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    }
  }

  @Test("of members of one name keeps the last")
  func repeatedMember() throws {
    #expect(try JSON(parsing: Array(#"{"a": 1, "b": 2, "a": 3}"#.utf8)) == ["a": 3, "b": 2])
  }

  @Test("is read to a hundred levels and no deeper")
  func depth() throws {
    let nested = { (depth: Int) in [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth) }
    _ = try JSON(parsing: nested(100))
    #expect(throws: JSONError.self) { try JSON(parsing: nested(101)) }
    #expect(throws: JSONError.self) { try JSON(parsing: nested(500_000)) }
  }

  private func sorted(_ value: JSON) -> JSON {
    switch value {
    case .object(let members):
      .object(members.sorted { $0.name < $1.name }.map { JSON.Member(name: $0.name, value: sorted($0.value)) })
    case .array(let values): .array(values.map(sorted))
    case .number(let number): Int(exactly: number).map(JSON.integer) ?? value
    default: value
    }
  }

  private func make(_ random: inout RandomStream, depth: Int) -> JSON {
    let texts = ["", "a", "\"\\/\n\u{1}\u{7F}", "é東🌻👩‍🍳", "ключ", "x y"]
    switch random.below(depth < 4 ? 8 : 5) {
    case 0: return .null
    case 1: return .boolean(random.below(2) == 0)
    case 2: return .integer(Int(truncatingIfNeeded: random.next()))
    case 3: return .number(Double(random.below(1_000_000)) / 64 + 0.5 / 64)
    case 4: return .string(texts[random.below(texts.count)])
    case 5: return .array((0..<random.below(4)).map { _ in make(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<random.below(4)).map { JSON.Member(name: texts[$0] + "\($0)", value: make(&random, depth: depth + 1)) })
    }
  }
}

/// The same value by way of Foundation.
private struct Reference: Decodable {
  var value: JSON

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      value = .object(
        try container.allKeys.map {
          JSON.Member(name: $0.stringValue, value: try container.decode(Reference.self, forKey: $0).value)
        })
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      value = .null
    } else if let boolean = try? container.decode(Bool.self) {
      value = .boolean(boolean)
    } else if let number = try? container.decode(Int.self) {
      value = .integer(number)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let text = try? container.decode(String.self) {
      value = .string(text)
    } else {
      value = .array(try container.decode([Reference].self).map(\.value))
    }
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
