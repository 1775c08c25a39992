import Cloudflare

/// The query of a request, decoded. Of a parameter given twice the first counts.
struct Query: Sendable, Equatable {
  private var values: [String: String] = [:]

  init(_ text: some StringProtocol) {
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentEncoding.decode(parts[0], plusIsBlank: true)
      if values[name] == nil {
        values[name] = parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsBlank: true) : ""
      }
    }
  }

  subscript(name: String) -> String? { values[name] }

  /// The value of a parameter that takes one of a few values, in any case; `nil` when it is not given.
  func choice(_ name: String, of choices: [String]) throws(Refusal) -> String? {
    guard let text = values[name] else { return nil }
    guard let choice = choices.first(where: { $0.lowercased() == text.lowercased() }) else {
      throw .invalid("Invalid value for parameter \(name): must be one of \(choices.joined(separator: ", "))")
    }
    return choice
  }

  func direction() throws(Refusal) -> SortDirection {
    try choice("direction", of: ["asc", "desc"]).flatMap(SortDirection.init) ?? .ascending
  }

  /// A whole number within bounds, or the default when it is not given.
  ///
  /// The published schema says `number`, so `2.0` is as good as `2`. Numbers past what an `Int` holds become the greatest.
  func number(_ name: String, default standard: Int, in bounds: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let text = values[name] else { return standard }
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text), number.isFinite,
      number.rounded() == number
    else {
      throw .invalid("Invalid value for parameter \(name): must be a whole number")
    }
    let whole = Int(exactly: number) ?? (number < 0 ? Int.min : Int.max)
    guard bounds.contains(whole) else {
      throw .invalid(
        bounds.upperBound == .max
          ? "Invalid value for parameter \(name): must be at least \(bounds.lowerBound)"
          : "Invalid value for parameter \(name): must be between \(bounds.lowerBound) and \(bounds.upperBound)")
    }
    return whole
  }
}
