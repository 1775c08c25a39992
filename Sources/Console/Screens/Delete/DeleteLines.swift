import Cloudflare
import FoundationEssentials
import Terminal

extension State {
  /// What is said of an account and its deletion, line by line; of the challenge and the delay, what is said before
  /// their own.
  func deletionLines(_ deletion: DeleteState) -> [Line] {
    let width = deletionArea.width
    let message = deletion.message.map { paragraph("! \($0)", Theme.warning) + [Line(text: "")] } ?? []
    switch deletion.phase {
    case .reading, .review: return message + reviewLines(deletion, width: width)
    case .challenge, .countdown: return challengeLines(deletion, width: width)
    case .blocked(.changed(let fresh)):
      let shown = deletion.isRead ? "the review" : "the list"
      return paragraph(
        "! The account is not what \(shown) showed. Nothing was deleted, and nothing can be here.", Theme.failure)
        + [Line(text: "")] + comparison(deletion, fresh, width: width)
        + [Line(text: "")] + paragraph("Close this, look again, and decide anew.")
    case .blocked(.gone(let error)):
      return paragraph("This account is not there any more, so there is nothing left to do.", Theme.warning)
        + paragraph(error.explanation, Theme.faint) + [Line(text: "")] + identityLines(deletion.captured, width: width)
    case .blocked(.unreadable(let error)):
      let what = deletion.isRead ? "once more, so nothing was sent" : "again, so nothing can be deleted"
      return paragraph("! The account could not be read \(what).", Theme.failure)
        + paragraph(error.explanation) + paragraph(error.nextStep ?? "") + [Line(text: "")]
        + identityLines(deletion.captured, width: width)
    case .sending:
      return paragraph("The one request is on its way. It is not sent again, and cannot be taken back.")
        + [Line(text: "")] + receiptLines(deletion, width: width)
    case .verifying:
      return paragraph("The server has confirmed the deletion. Reading whether the account is gone …")
        + [Line(text: "")] + receiptLines(deletion, width: width)
    case .finished(let outcome):
      return outcomeLines(outcome, of: deletion) + [Line(text: "")] + receiptLines(deletion, width: width)
    }
  }

  private var paragraph: Paragraphs { Paragraphs(width: deletionArea.width) }

  // MARK: Review

  private func reviewLines(_ deletion: DeleteState, width: Int) -> [Line] {
    let account = deletion.account
    var lines: [Line] = []
    if deletion.phase == .review, let unknownOutcome = deletion.ownershipWarning {
      lines += paragraph("! This may be your own account: \(unknownOutcome).", Theme.failure)
    }
    lines += identityLines(account, width: width)
    lines += detailField("Where", session.place, width: width)
    let profile = session.profile.map { ", by the profile \($0)" } ?? ""
    lines += detailField("As", session.identity + profile, width: width)
    let review = review(of: account, width: width)
    lines += review.lines + [Line(text: "")]
    if !isReviewed(deletion) {
      lines += detailField(
        "Next", deletion.phase == .review ? "still reading …" : "reading the account again …", width: width,
        style: Theme.faint)
    } else {
      let next =
        switch deletion.challenge {
        case .name: "type the name, exactly"
        case .idTail(let tail, let reason):
          "type the last \(Wording.count(tail.count, "character", "characters")) of the ID, because \(reason)"
        }
      lines += detailField("Next", next, width: width)
    }
    return lines
  }

  private func identityLines(_ account: Account, width: Int) -> [Line] {
    var lines = detailField("Name", account.name, width: width, style: Theme.heading)
    let odd = Self.oddScalars(in: account.name)
    if !odd.isEmpty {
      lines += detailField(
        "", "! not shown as they are: \(odd.joined(separator: " "))", width: width, style: Theme.warning)
    }
    lines += detailField("ID", Wording.grouped(id: account.id), width: width)
    lines += detailField("Type", Wording.type(account.type), width: width)
    lines += detailField(
      "Created", account.createdOn.map { "\(Wording.minute($0)) (\(Wording.age(of: $0, at: now)))" } ?? "not said",
      width: width)
    lines += detailField("Parent", Wording.parent(of: account), width: width)
    return lines
  }

  /// The characters of a name that are drawn as marks, by their numbers: `U+202E`. At most eight of them.
  private static func oddScalars(in name: String) -> [String] {
    guard !SafeText(name).isExactly(name) else { return [] }
    var odd: [String] = []
    for scalar in name.unicodeScalars where !SafeText(String(scalar)).isExactly(String(scalar)) {
      let number = scalar.number
      if !odd.contains(number) { odd.append(number) }
      if odd.count == 8 { break }
    }
    return odd
  }

  /// Both versions of an account side by side, what differs marked.
  private func comparison(_ deletion: DeleteState, _ fresh: Account, width: Int) -> [Line] {
    let shown = deletion.account
    let half = (width - detailLabelWidth - 2) / 2
    func row(_ label: String, _ left: String, _ right: String, differs: Bool) -> [Line] {
      let (left, right) = (wrapped(left, width: half), wrapped(right, width: half))
      return (0..<max(left.count, right.count)).map { index in
        let first = index < left.count ? left[index] : ""
        let gap = String(repeating: " ", count: half + 2 - SafeText(first).width)
        return Line(
          text: first + gap + (index < right.count ? right[index] : ""), style: differs ? Theme.warning : .plain,
          label: index > 0 ? "" : differs ? "! \(label)" : label)
      }
    }
    var lines = row("", deletion.isRead ? "In the review" : "In the list", "Read just now", differs: false)
    for aspect in DeleteState.Aspect.allCases {
      let differs = deletion.differs(aspect, in: fresh)
      guard differs || aspect.isAlwaysCompared else { continue }
      let (label, text) = words(for: aspect)
      var (left, right) = (text(shown), text(fresh))
      // Two parents of one name are two all the same.
      if differs, aspect == .parent, left == right {
        (left, right) = (shown.managedBy?.id ?? left, fresh.managedBy?.id ?? right)
      }
      lines += row(label, left, right, differs: differs)
      guard differs, aspect == .name, SafeText(left) == SafeText(right) || left == right else { continue }
      lines += detailField(
        "", "The names look alike, and are made of different characters.", width: width, style: Theme.warning)
    }
    return lines + detailField("ID", Wording.grouped(id: shown.id), width: width)
  }

  private func words(for aspect: DeleteState.Aspect) -> (label: String, text: (Account) -> String) {
    switch aspect {
    case .name: ("Name", \.name)
    case .type: ("Type", { Wording.type($0.type) })
    case .parent: ("Parent", { Wording.parent(of: $0) })
    case .created: ("Created", { $0.createdOn.map(Wording.minute) ?? "not said" })
    case .twoFactor: ("2FA", { $0.requiresTwoFactor ? "required" : "not required" })
    case .abuse: ("Abuse", { $0.abuseContact.isEmpty ? "none" : $0.abuseContact })
    }
  }

  // MARK: Challenge

  /// In a low window what tells the account least goes first, so that the challenge always has its place.
  private func challengeLines(_ deletion: DeleteState, width: Int) -> [Line] {
    let account = deletion.account
    // What is asked for, the field, what is said of it, and a blank row before them.
    let rows = deletionArea.height - challengePrompt(deletion).count - 4
    var name = detailField("Name", account.name, width: width, style: Theme.heading)
    if name.count > 2 {
      // The review has shown it whole.
      name = Array(name.prefix(2))
      name[1].text += " …"
    }
    let essential = name + detailField("ID", Wording.grouped(id: account.id), width: width)
    var warning = paragraph(
      "! Deletion is permanent. It takes the account's zones and all other resources in it with it, and nobody can bring them back.",
      Theme.failure)
    if essential.count + warning.count > rows {
      warning = paragraph("! Permanent: zones and all else in it go with it.", Theme.failure)
    }
    let review = review(of: account, width: width)
    var further: [[Line]] = []
    if let unknownOutcome = deletion.ownershipWarning {
      further.append(paragraph("! This may be your own account: \(unknownOutcome).", Theme.failure))
    }
    if let summary = review.summary { further.append(detailField("Destroys", summary, width: width)) }
    further.append([Line(text: "")])
    further.append(
      detailField("Type", Wording.type(account.type), width: width)
        + detailField("Parent", Wording.parent(of: account), width: width))
    while !further.isEmpty, essential.count + further.joined().count + warning.count > rows { further.removeLast() }
    // The blank row stands last, before the warning.
    let blank = [Line(text: "")]
    let hasBlank = further.contains(blank)
    return Array(essential + further.filter { $0 != blank }.joined() + (hasBlank ? blank : []) + warning)
  }

  private func review(of account: Account, width: Int) -> ReviewLines {
    ReviewLines(
      inventory: inventory[account.id], identity: session.identity, width: width,
      stepToReadAgain: hint(.refresh, "reads again.", in: .review))
  }

  /// What has to be typed, and why it is not the name.
  func challengePrompt(_ deletion: DeleteState) -> [Line] {
    switch deletion.challenge {
    case .name: paragraph("Type the name of the account to unlock the button:")
    case .idTail(let tail, let reason):
      paragraph(
        "Type the last \(Wording.count(tail.count, "character", "characters")) of the ID to unlock the button, "
          + "because \(reason):")
    }
  }

  // MARK: Receipt

  private func receiptLines(_ deletion: DeleteState, width: Int) -> [Line] {
    let account = deletion.account
    var lines = detailField("Name", account.name, width: width, style: Theme.heading)
    lines += detailField("ID", Wording.grouped(id: account.id), width: width)
    var isSent = true
    if case .finished(.notSent) = deletion.phase { isSent = false }
    if let intent = deletion.intent, isSent {
      let outcome = activity.history.entry(intent.id)?.outcome
      lines += detailField("Request", intent.operation.requestLine, width: width)
      let status = outcome?.status.map { "HTTP \($0)" }
      let answer = [status, outcome?.ray.map { "cf-ray \($0)" }].compactMap(\.self).joined(separator: " · ")
      lines += answer.isEmpty ? [] : detailField("Answer", answer, width: width)
      let end = outcome.map { ", ended \(Wording.time($0.date))" } ?? ""
      lines += detailField("Sent", Wording.minute(intent.date) + end, width: width)
    }
    let profile = session.profile.map { ", by the profile \($0)" } ?? ""
    lines += detailField("As", "\(session.identity) at \(session.endpointHost)\(profile)", width: width)
    return lines
  }

  private func outcomeLines(_ outcome: DeleteState.Outcome, of deletion: DeleteState) -> [Line] {
    switch outcome {
    case .deleted:
      return paragraph("✓ Deleted. A read after it says that the account is not there any more.", Theme.success)
    case .accepted(let error):
      return paragraph("✓ The server confirmed the deletion.", Theme.success)
        + paragraph(
          error.map { "Whether it is gone could not be read: \($0.explanation)" }
            ?? "The account can still be read: deletions are carried out a while later.")
    case .refused(let error):
      let hint =
        error.status == 403
        ? "Only tenant administrators may delete accounts, most often with the Global API Key. " : ""
      return paragraph("! Not deleted: \(error.explanation)", Theme.failure)
        + paragraph(hint + (error.nextStep ?? ""))
    case .unknown(let error):
      return paragraph("! Not known whether it was deleted: \(error.explanation)", Theme.warning)
        + lookUpLines(deletion.unresolvedWrite, width: deletionArea.width)
    case .notSent(let problem):
      return paragraph("! Nothing was sent. \(problem.explanation)", Theme.failure)
        + (deletion.unresolvedWrite == nil
          ? paragraph(problem.nextStep) : lookUpLines(deletion.unresolvedWrite, width: deletionArea.width))
    case .lookedUp(let kind):
      return switch kind {
      case .confirmed: paragraph("✓ Deleted. The request has done what it was to do.", Theme.success)
      case .notDone:
        paragraph(
          "Not deleted, as far as reading shows. "
            + (deletion.intent.flatMap { activity.history.entry($0.id)?.outcome?.explanation } ?? ""))
      case .refused: paragraph("Not deleted: the server has refused the request.")
      case .dismissed, .unknown:
        paragraph("Not known whether it was deleted: the request was dismissed by hand.", Theme.warning)
      }
    case .dryRun(let intent):
      return paragraph("✓ Dry run: nothing was sent, and nothing was noted down.", Theme.success)
        + paragraph("This would have been sent now:") + paragraph(intent.operation.requestLine)
    }
  }
}

extension Session {
  /// Where writes go, in words that leave no doubt.
  fileprivate var place: String {
    let place =
      switch endpointKind {
      case .sandbox: "the sandbox at \(endpointHost), where nothing is real"
      case .production: "Cloudflare itself, \(endpointHost)"
      case .custom: "\(endpointHost), an endpoint that was set"
      }
    return writing == .dryRun ? "\(place); a dry run: nothing will be sent" : place
  }
}

extension DeleteState.Aspect {
  /// Whether it is shown where it does not differ, so that the account can be told.
  fileprivate var isAlwaysCompared: Bool { self == .name || self == .type || self == .parent }
}
