/// Something in the configuration file that cannot be used.
struct ConfigurationProblem: Equatable {
  /// From 1; `nil` when it is the whole file.
  var line: Int?
  /// What is wrong and what would be right, for people. It never repeats a secret.
  var text: String
}

/// Why a configuration file cannot be used: everything that is wrong with it, at once.
struct ConfigurationError: Error {
  var path: String
  var problems: [ConfigurationProblem]

  /// More than this help nobody.
  private static let limit = 20

  /// One line for each problem, in the form that editors and terminals can jump to.
  var lines: [String] {
    let sorted = problems.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
    let place = VisibleText(path).text
    var lines = sorted.prefix(Self.limit).map { _, problem in
      "\(place):\(problem.line.map { "\($0):" } ?? "") \(problem.text)"
    }
    if problems.count > Self.limit { lines.append("… and \(problems.count - Self.limit) more.") }
    return lines
  }

  var problem: Problem {
    Problem(
      text: "The configuration cannot be used. Nothing was done; mend this and try again:\n"
        + lines.map { "  \($0)" }.joined(separator: "\n"))
  }
}
