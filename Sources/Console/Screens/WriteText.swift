import Cloudflare
import FoundationEssentials
import Terminal

/// What is said of writes, wherever it is.
extension Context {
  /// What is known of a write that is in doubt, and how more can be.
  func lookUpText(of id: WriteIntent.ID?) -> [Block] {
    guard let id else { return [] }
    if writes[id].isLookedUp {
      return Block.optional("Reading whether it has happened; this takes a few seconds …", Theme.faint)
    }
    if let watching = watchSentence(of: id) {
      return Block.optional(writes.finding(of: id) ?? "", Theme.warning)
        + Block.optional("\(watching) Nothing is sent again before that.", Theme.warning)
    }
    return Block.optional(finding(of: id, in: .unknownOutcome) ?? "", Theme.warning)
      + Block.optional(
        ["Nothing is sent again by itself.", hints(.verify, "finds out by reading.", in: .unknownOutcome)]
          .compactMap(\.self).joined(separator: " "))
  }

  /// Until when a write is looked up again by itself, with what readings have shown so far; `nil` when it is not.
  func watchSentence(of id: WriteIntent.ID) -> String? {
    guard let watch = writes[id].watch, let entry = writes.history.entry(id) else { return nil }
    let end = "ooking again until \(Wording.second(watch.until))."
    return writes[id].finding == nil ? "\(entry.intent.operation.kind.nothingSoFar), l\(end)" : "L\(end)"
  }

  /// What a look-up found that left the write unknown, and what a person can do with it.
  func finding(of id: WriteIntent.ID, in context: InputContext) -> String? {
    guard let finding = writes.finding(of: id) else { return nil }
    guard case .candidates(let accounts) = writes[id].finding, accounts.count == 1,
      let step = hints(.adopt, "takes it as the created one.", in: context)
    else { return finding }
    return "\(finding). \(step)"
  }

  /// What of the journal's file cannot be used.
  var journalWarnings: [String] {
    let warnings = writes.warnings
    var lines: [String] = []
    if let problem = writes.problem { lines.append("! \(problem.message)") }
    if warnings.unreadableLines > 0 {
      lines.append("! \(Wording.count(warnings.unreadableLines, "line", "lines")) of the journal cannot be read")
    }
    if warnings.setAside > 0 {
      let what = Wording.count(warnings.setAside, "line that was cut off is", "lines that were cut off are")
      lines.append("! \(what) kept in \(warnings.setAsidePath ?? "a file beside the journal")")
    }
    return lines
  }

  func outcomeWord(of entry: WriteHistory.Entry) -> (String, Style) {
    if writes[entry.id].isLookedUp || writes[entry.id].watch != nil { return ("looking …", Theme.warning) }
    return switch writes.verdict(of: entry) {
    case .sending: ("under way", Theme.note)
    case .sendingElsewhere: ("elsewhere", Theme.note)
    case .unknown: ("not known", Theme.warning)
    case .confirmed: ("confirmed", Theme.success)
    case .refused: ("refused", Theme.failure)
    case .notDone: ("not done", Theme.note)
    case .dismissed: ("dismissed", Theme.faint)
    }
  }

  /// All that is known of a write, what matters most first.
  ///
  /// - Parameter namesKeys: whether the keys that do what is left are named.
  func entryText(of entry: WriteHistory.Entry, namesKeys: Bool = true) -> [Block] {
    var text: [Block] = []
    func add(_ label: String, _ words: String?, _ style: Style = .plain) {
      if let words, !words.isEmpty { text.append(.field(label, words, style)) }
    }
    let (_, style) = outcomeWord(of: entry)
    let operation = entry.intent.operation
    add(operation.kind.title, operation.name, Theme.heading)
    add("ID", entry.accountID.map(Wording.grouped))
    add("Outcome", outcomeSentence(of: entry), style)
    add("Looked up", finding(of: entry.id, in: .activity), Theme.warning)
    if writes.pendingRequirement(of: entry, session, accounts.list) != nil {
      let step = namesKeys ? hints(.editAccount, "requires it.", in: .activity) : nil
      add("To do", ["Two-factor is not required yet.", step].compactMap(\.self).joined(separator: " "), Theme.warning)
    }
    add("Said", entry.outcome?.message)
    if let outcome = entry.outcome, outcome.httpStatus != nil || outcome.ray != nil {
      let status = outcome.httpStatus.map { "HTTP \($0)" }
      add("Answer", [status, outcome.ray.map { "cf-ray \($0)" }].compactMap(\.self).joined(separator: " · "))
    }
    add("Begun", "\(Wording.minute(entry.intent.date)) (\(Wording.age(of: entry.intent.date, at: now)))")
    add("Ended", entry.outcome.map { Wording.minute($0.date) })
    if case .create(let creation) = operation {
      let account = creation.account
      add("Type", account.type.rawValue)
      add("Unit", account.unit?.id)
      add("Business", account.business.texts.compactMap(\.self).joined(separator: " · "))
      add("Two-factor", creation.requiresTwoFactor ? "to be required, by a change after the creation" : nil)
      add("Key", creation.idempotencyKey)
    }
    if case .update(_, let changes) = operation {
      add("Two-factor", changes.settings?.enforceTwoFactor.map { $0 ? "required" : "not required" })
      add("Abuse", changes.settings?.abuseContactEmail.map { $0.isEmpty ? "none" : $0 })
    }
    add("As", "\(entry.intent.origin.identity) at \(entry.intent.origin.endpoint)")
    add("Profile", entry.intent.profile)
    add("Process", "\(entry.process.id)")
    return text
  }

  private func outcomeSentence(of entry: WriteHistory.Entry) -> String {
    if writes[entry.id].isLookedUp { return "Reading whether it has happened; this takes a few seconds …" }
    if let watching = watchSentence(of: entry.id) { return watching }
    return switch writes.verdict(of: entry) {
    case .sending: "The one request is on its way."
    case .sendingElsewhere: "The console with process \(entry.process.id) is sending it."
    case .unknown where !session.canLookUp(entry):
      "It is not known whether it has happened. Only a console at \(entry.intent.origin.endpoint) can find out."
    case .unknown:
      ["It is not known whether it has happened.", hints(.verify, "finds out by reading.", in: .activity)]
        .compactMap(\.self).joined(separator: " ")
    case .confirmed: "It has happened."
    case .refused: "It has not happened: it was refused."
    case .notDone: "Nothing was found of it when it could act no more."
    case .dismissed: "Not known, and dismissed by hand."
    }
  }
}

extension WriteHistory.Entry {
  /// The account that was written to or has come of it.
  var accountID: Account.ID? { outcome?.accountID ?? intent.operation.accountID }
}

extension WriteOperation.Kind {
  /// As a label.
  fileprivate var title: String {
    switch self {
    case .create: "Create"
    case .update: "Change"
    case .delete: "Delete"
    }
  }
}
