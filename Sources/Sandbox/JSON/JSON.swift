import FoundationEssentials

/// Any JSON value. Members keep the order in which they were written.
enum JSON: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Sendable, Equatable {
    var name: String
    var value: JSON
  }

  /// The value of a member, when this is an object that has it.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  static func string(_ identifier: Identifier) -> JSON { .string(identifier.text) }
  static func string(_ timestamp: Timestamp) -> JSON { .string(timestamp.text) }

  /// The string, or null.
  static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member(name: $0, value: $1) }) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(nilLiteral: ()) { self = .null }
}

extension JSON: Decodable {
  /// Reads one JSON value; members come in no particular order.
  init(parsing bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(bytes))
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      self = .object(
        try container.allKeys.map { Member(name: $0.stringValue, value: try container.decode(JSON.self, forKey: $0)) })
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else {
      self = .array(try container.decode([JSON].self))
    }
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension JSONText {
  mutating func value(_ value: JSON) {
    switch value {
    case .null: raw("null")
    case .boolean(let value): boolean(value)
    case .integer(let value): number(value)
    case .number(let value): raw(Array(value.description.utf8))
    case .string(let text): string(text)
    case .array(let values):
      raw("[")
      for (offset, value) in values.enumerated() {
        if offset > 0 { raw(",") }
        self.value(value)
      }
      raw("]")
    case .object(let members):
      raw("{")
      for (offset, member) in members.enumerated() {
        if offset > 0 { raw(",") }
        string(member.name)
        raw(":")
        self.value(member.value)
      }
      raw("}")
    }
  }
}
