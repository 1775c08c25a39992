extension Fault {
  /// Why a text is no rule.
  public struct ParsingError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
      self.description = description
    }
  }

  /// Reads a rule, as ``help`` describes it.
  ///
  /// - Throws: ``ParsingError``, which says what is wrong and what is possible.
  public init(parsing text: String) throws(ParsingError) {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let target = halves[0].split(separator: " ")
    let words = halves.count == 2 ? halves[1].split(separator: " ") : []
    guard target.count == 2, let actionWord = words.first else {
      throw ParsingError("'\(text)' is no rule: write METHOD PATH: ACTION, as in 'POST /accounts: drop-after'")
    }
    let method = target[0].uppercased()
    guard Self.methods.contains(method) else {
      throw ParsingError("'\(target[0])' is no method: use \(Self.methods.joined(separator: ", "))")
    }
    guard let path = PathPattern(String(target[1])) else {
      throw ParsingError("'\(target[1])' is no path: begin with a slash, as in /accounts/*, or use * for all")
    }

    var parameters = try Parameters(words.dropFirst())
    let (action, isApplied) = try Self.action(String(actionWord), &parameters)
    let mayChoose =
      switch action {
      case .answer, .reset, .hang: true
      default: false
      }
    self.init(
      method: method == "*" ? nil : method, path: path, action: action,
      isApplied: mayChoose ? try parameters.isApplied() : isApplied,
      skip: try parameters.number("skip", in: 0...1_000_000) ?? 0,
      times: try parameters.number("times", in: 1...1_000_000), probability: try parameters.probability())
    try parameters.end()
  }

  private static let methods = ["*", "GET", "POST", "PUT", "PATCH", "DELETE"]

  private static func action(
    _ word: String, _ parameters: inout Parameters
  ) throws(ParsingError) -> (Action, isApplied: Bool) {
    switch word {
    case "drop-before": return (.drop, false)
    case "drop-after": return (.drop, true)
    case "reset": return (.reset, false)
    case "hang": return (.hang, false)
    case "empty": return (.empty, true)
    case "truncate": return (.truncate, true)
    case "wrong-id": return (.wrongIdentifier, true)
    default: break
    }
    if word.hasPrefix("slow=") {
      guard let milliseconds = Int(word.dropFirst(5)), (0...3_600_000).contains(milliseconds) else {
        throw ParsingError("'\(word)': write slow=MS with 0 to 3600000 milliseconds")
      }
      return (.slow(.milliseconds(milliseconds)), true)
    }
    let parts = word.split(separator: "-", maxSplits: 1)
    if let first = parts.first, let status = Int(first), first.count == 3, (200...599).contains(status),
      let body = parts.count == 1 ? FaultBody.json : FaultBody(rawValue: String(parts[1]))
    {
      let seconds = try parameters.number("retry-after", in: 0...86_400)
      return (.answer(status: status, body, retryAfter: seconds), false)
    }
    throw ParsingError(
      "'\(word)' is no action: use drop-before, drop-after, reset, hang, slow=MS, empty, truncate, wrong-id, or a "
        + "status from 200 to 599 with -json, -html or -empty")
  }

  /// What follows the action, each to be taken once.
  private struct Parameters {
    private var values: [String: String] = [:]

    init(_ words: some Sequence<Substring>) throws(ParsingError) {
      for word in words {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ParsingError("'\(word)': write NAME=VALUE") }
        guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
          throw ParsingError("'\(parts[0])' is given twice")
        }
      }
    }

    mutating func number(_ name: String, in bounds: ClosedRange<Int>) throws(ParsingError) -> Int? {
      guard let text = values.removeValue(forKey: name) else { return nil }
      guard let number = Int(text), bounds.contains(number) else {
        throw ParsingError("\(name)=\(text): must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
      }
      return number
    }

    mutating func probability() throws(ParsingError) -> Double {
      guard let text = values.removeValue(forKey: "probability") else { return 1 }
      guard let share = Double(text), (0...1).contains(share) else {
        throw ParsingError("probability=\(text): must be a number from 0 to 1")
      }
      return share
    }

    mutating func isApplied() throws(ParsingError) -> Bool {
      guard let text = values.removeValue(forKey: "applied") else { return false }
      guard ["yes", "no"].contains(text) else { throw ParsingError("applied=\(text): must be yes or no") }
      return text == "yes"
    }

    /// - Throws: when something is left that nobody took.
    func end() throws(ParsingError) {
      guard let name = values.keys.min() else { return }
      throw ParsingError(
        "'\(name)' does not go with this action: times, skip and probability go with all, retry-after with a status, "
          + "applied with a status, reset or hang")
    }
  }
}
