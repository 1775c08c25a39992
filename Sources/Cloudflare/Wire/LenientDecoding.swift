import FoundationEssentials

extension KeyedDecodingContainer {
  /// The value, or `nil` when it is absent, null or of another shape: a field that is only shown must not cost the
  /// rest.
  func lenient<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
    try? decodeIfPresent(type, forKey: key)
  }

  /// Those elements of a list that can be read, or `nil` where there is no list.
  func lenientList<Element: Decodable & Sendable>(of type: Element.Type, _ key: Key) -> [Element]? {
    lenient(ReadableList<Element>.self, key)?.elements
  }

  /// A date in the API's form, or `nil`.
  func lenientDate(_ key: Key) -> Date? {
    lenient(String.self, key).flatMap(WireDate.parse)
  }
}
