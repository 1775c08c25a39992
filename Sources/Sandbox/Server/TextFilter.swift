/// A text to look for, with an operator before a colon: `contains:shop`. Without one, the whole text is meant.
struct TextFilter: Sendable, Equatable {
  private enum Operator: String {
    case equal
    case notEqual = "not_equal"
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case contains
    case startsWithCaseSensitive = "starts_with_case_sensitive"
    case endsWithCaseSensitive = "ends_with_case_sensitive"
    case containsCaseSensitive = "contains_case_sensitive"
  }

  private let `operator`: Operator
  private let text: String

  init(_ parameter: String) {
    let parts = parameter.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let named = Operator(rawValue: String(parts[0])) {
      `operator` = named
      text = String(parts[1])
    } else {
      `operator` = .equal
      text = parameter
    }
  }

  func matches(_ value: String) -> Bool {
    switch `operator` {
    case .equal: value.lowercased() == text.lowercased()
    case .notEqual: value.lowercased() != text.lowercased()
    case .startsWith: value.lowercased().hasPrefix(text.lowercased())
    case .endsWith: value.lowercased().hasSuffix(text.lowercased())
    case .contains: text.isEmpty || value.lowercased().contains(text.lowercased())
    case .startsWithCaseSensitive: value.hasPrefix(text)
    case .endsWithCaseSensitive: value.hasSuffix(text)
    case .containsCaseSensitive: text.isEmpty || value.contains(text)
    }
  }
}
