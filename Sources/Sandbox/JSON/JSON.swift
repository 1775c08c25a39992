/// Any JSON value. Members keep their order.
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

  /// Adds a member to an object, at its end.
  mutating func append(_ name: String, _ value: JSON) {
    guard case .object(let members) = self else { return }
    self = .object(members + [Member(name: name, value: value)])
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var integer: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
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
