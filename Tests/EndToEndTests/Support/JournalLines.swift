import FoundationEssentials

/// The journal of a console, read without any of its code.
struct JournalLines: Sendable {
  struct Line: Decodable, Sendable {
    let record: String
    let id: String
    let operation: String?
    let account: String?
    let name: String?
    let outcome: String?
    let explanation: String?
    let key: String?

    enum CodingKeys: String, CodingKey {
      case record, id, operation, account, name, outcome, explanation
      case key = "idempotency_key"
    }
  }

  /// One write with its newest outcome.
  struct Write: Sendable {
    let intent: Line
    var outcome: Line?

    var isOpen: Bool { outcome == nil || outcome?.outcome == "unknown" }

    /// Whether the newest outcome is one that reading has found.
    var wasLookedUp: Bool {
      guard let explanation = outcome?.explanation else { return false }
      return ["Found by reading", "Looked for ", "Read at "].contains { explanation.hasPrefix($0) }
    }
  }

  let lines: [Line]
  /// In the order of their intents.
  let writes: [Write]

  /// - Parameter state: the state directory that the console was given.
  /// - Throws: when a line is not whole.
  init(in state: TemporaryDirectory) throws {
    let text = try state.text(of: "tenantry/journal.jsonl") ?? ""
    guard text.isEmpty || text.hasSuffix("\n") else { throw HarnessFailure("the journal ends within a line") }
    lines = try text.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    var writes: [Write] = []
    var places: [String: Int] = [:]
    for line in lines {
      if line.record == "intent" {
        places[line.id] = writes.count
        writes.append(Write(intent: line))
      } else if let place = places[line.id] {
        writes[place].outcome = line
      } else {
        throw HarnessFailure("the journal has an outcome without an intent: \(line)")
      }
    }
    self.writes = writes
  }
}
