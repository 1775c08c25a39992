import FoundationEssentials

/// Dates as the API writes them: RFC 3339 with any number of fraction digits (four in the published sample, six live).
public enum WireDate {
  /// Reads a date, or `nil` when the text is none. The fraction of a second is dropped: nothing shows it.
  public static func parse(_ text: String) -> Date? {
    guard let point = text.firstIndex(of: ".") else { return try? Date(text, strategy: .iso8601) }
    let rest = text[text.index(after: point)...].drop(while: \.isASCIIDigit)
    return try? Date(String(text[..<point]) + rest, strategy: .iso8601)
  }

  /// Writes a date in UTC with six fraction digits, as live answers have them.
  public static func format(_ date: Date) -> String {
    var text = date.formatted(.iso8601)
    if text.hasSuffix("Z") { text.removeLast() }
    return text + ".000000Z"
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
