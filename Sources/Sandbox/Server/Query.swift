/// The query of a request, decoded.
struct Query: Sendable {
  /// The values of each parameter, in order.
  private var values: [String: [String]] = [:]

  init(_ text: Substring) {
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsBlank: true) : ""
      values[PercentEncoding.decode(parts[0], plusIsBlank: true), default: []].append(value)
    }
  }

  /// Every value of a parameter that may be repeated.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of a parameter that may be given once; `nil` when it is not given.
  func text(_ name: String) throws(Refusal) -> String? {
    let all = all(name)
    guard all.count <= 1 else { throw .invalid("Invalid value for parameter \(name): must be given once") }
    return all.first
  }

  /// As ``text(_:)``, where nothing is as good as not given.
  func nonEmpty(_ name: String) throws(Refusal) -> String? {
    try text(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value of a parameter that takes one of a few values, in any case; `nil` when it is not given.
  func choice(_ name: String, of choices: [String]) throws(Refusal) -> String? {
    guard let text = try text(name) else { return nil }
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
  /// The published schema says `number`, so `2.0` is as good as `2`. Numbers past what an `Int` holds become the
  /// greatest.
  func number(
    _ name: String, default standard: Int, in bounds: ClosedRange<Int>, outside: SandboxOptions.PageBounds = .refuse
  ) throws(Refusal) -> Int {
    guard let text = try text(name) else { return standard }
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text), number.isFinite,
      number.rounded() == number
    else {
      throw .invalid("Invalid value for parameter \(name): must be a whole number")
    }
    let whole = Int(exactly: number) ?? (number < 0 ? Int.min : Int.max)
    if outside == .clamp { return min(max(whole, bounds.lowerBound), bounds.upperBound) }
    guard bounds.contains(whole) else {
      throw .invalid(
        bounds.upperBound == .max
          ? "Invalid value for parameter \(name): must be at least \(bounds.lowerBound)"
          : "Invalid value for parameter \(name): must be between \(bounds.lowerBound) and \(bounds.upperBound)")
    }
    return whole
  }
}
