import Cloudflare
import FoundationEssentials
import Terminal

extension DeleteState {
  /// The area of the text. Its width is limited so that it is easy to read.
  func area(in context: Context) -> Rectangle {
    let first = Context.topRuleRow + 1
    return Rectangle(
      column: 2, row: first, width: min(100, context.size.width - 4), height: context.bottomRuleRow - first)
  }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let area = area(in: context)
    let width = context.size.width
    var title = "Delete an account · \(stepTitle)"
    if isUnderReview { title += isReviewed(in: context) ? " · complete" : " · reading …" }
    frame.put(cutting: title, column: 2, row: Context.tableHeadRow, width: width - 4, style: Theme.heading)
    for row in [Context.topRuleRow, context.bottomRuleRow] {
      frame.horizontalLine(row: row, style: isArmed ? Style(foreground: .red) : Theme.faint)
    }

    let lines = blocks(in: context).lines(width: area.width)
    let first = frame.put(lines, scroll: isText ? scroll : 0, in: area)
    if first > 0 { frame.put(" ↑ more ", endingAt: width - 12, row: context.bottomRuleRow) }
    if first + area.height < lines.count {
      frame.put(" ↓ more ", endingAt: width - 2, row: context.bottomRuleRow)
    }

    let row = min(area.row + lines.count + (lines.count + 4 < area.height ? 1 : 0), area.endRow)
    var drawing = FormDrawing(
      area: Rectangle(column: area.column, row: row, width: area.width, height: max(0, area.endRow - row)))
    switch phase {
    case .challenge: drawChallenge(&drawing, in: &frame)
    case .countdown(let countdown):
      let seconds = Wording.count(countdown.secondsLeft, "second", "seconds")
      let what = context.session.writing == .dryRun ? "The dry run ends" : "The account is deleted"
      drawing.statement("\(what) in \(seconds). Nothing has been sent.", style: Theme.failure, in: &frame)
      drawing.statement("Any key stops it.", in: &frame)
    default: break
    }
    drawing.buttons(buttons(in: context), row: context.noticeRow, in: &frame)
    if !context.isFront { frame.cursor = nil }
    // Messages stay above the row of the buttons.
    return context.bottomRuleRow...context.bottomRuleRow
  }

  private func drawChallenge(_ drawing: inout FormDrawing, in frame: inout Frame) {
    drawing.statement(challenge.requestToUnlock, in: &frame)
    drawing.field("", field, hasFocus: focus == .challenge, in: &frame)
    if let message {
      drawing.message("! \(message)", style: Theme.warning, in: &frame)
    } else if let position = firstWrongPosition {
      drawing.message("! Differs at character \(position)", style: Theme.warning, in: &frame)
    } else if isUnlocked {
      drawing.message("✓ It matches. Tab goes to the buttons.", style: Theme.success, in: &frame)
    }
  }

  private func buttons(in context: Context) -> [FormDrawing.Button] {
    let isWaiting = inputContext(in: context) == .waiting
    let cancel = FormDrawing.Button(title: "Cancel", hasFocus: focus == .cancel && !isWaiting)
    return switch phase {
    case .reading, .review:
      [cancel, .init(title: "Go on", hasFocus: focus == .goOn, isEnabled: !isWaiting)]
    case .challenge:
      [
        cancel,
        .init(title: "Delete account", hasFocus: focus == .delete, isEnabled: isUnlocked, isDangerous: true),
      ]
    case .countdown: [.init(title: "Stop", hasFocus: true)]
    case .write(.sending): [.init(title: "Deleting …", hasFocus: false, isEnabled: false)]
    case .verifying: [.init(title: "Checking that it is gone …", hasFocus: false, isEnabled: false)]
    case .blocked, .write, .deleted, .accepted, .dryRun: [.init(title: "Close", hasFocus: true)]
    }
  }

  private var stepTitle: String {
    switch phase {
    case .reading, .review, .blocked: "1 of 3, the review"
    case .challenge: "2 of 3, the challenge"
    case .countdown: "3 of 3, the delay"
    case .write(.sending), .verifying: "the request"
    case .write, .deleted, .accepted, .dryRun: "Receipt"
    }
  }

  /// Whether the next step can send the request, or it is being sent.
  private var isArmed: Bool {
    switch phase {
    case .challenge, .countdown, .write(.sending): true
    case .reading, .review, .blocked, .write, .verifying, .deleted, .accepted, .dryRun: false
    }
  }
}

extension DeleteState {
  /// The text about the account and its deletion, without the field of the challenge and the countdown.
  func blocks(in context: Context) -> [Block] {
    switch phase {
    case .reading, .review: return (message.map { [.warning($0), .blank] } ?? []) + reviewText(in: context)
    case .challenge, .countdown: return challengeText(in: context)
    case .blocked(let blocker): return text(of: blocker, in: context)
    case .write, .verifying, .deleted, .accepted, .dryRun:
      return outcomeText(in: context) + [.blank] + receipt(in: context)
    }
  }

  private func text(of blocker: Blocker, in context: Context) -> [Block] {
    switch blocker {
    case .changed(let fresh):
      let shown = isRead ? "the review" : "the list"
      return [
        .failure("The account is not what \(shown) showed. Nothing was deleted, and nothing can be here."), .blank,
      ] + comparison(with: fresh) + [.blank, .paragraph("Close this, look again, and decide anew.")]
    case .gone(let error):
      return [
        .paragraph("This account is not there any more, so there is nothing left to do.", Theme.warning),
        .paragraph(error.explanation, Theme.faint), .blank,
      ] + identity(of: captured, in: context)
    case .unreadable(let error):
      let what = isRead ? "once more, so nothing was sent" : "again, so nothing can be deleted"
      return [.failure("The account could not be read \(what)."), .paragraph(error.explanation)]
        + Block.optional(error.nextStep) + [.blank] + identity(of: captured, in: context)
    }
  }

  // MARK: Review

  private func reviewText(in context: Context) -> [Block] {
    let session = context.session
    var text: [Block] = []
    if phase == .review, let warning = ownershipWarning {
      text.append(.failure("This may be your own account: \(warning)."))
    }
    text += identity(of: account, in: context)
    text.append(.field("Where", session.place))
    text.append(.field("As", session.identity + session.profileWords))
    text += inventory(in: context) + [.blank]
    guard isReviewed(in: context) else {
      return text + [
        .field("Next", phase == .review ? "still reading …" : "reading the account again …", Theme.faint)
      ]
    }
    let next =
      switch challenge {
      case .name: "type the name, exactly"
      case .idTail: challenge.request.prefix(1).lowercased() + challenge.request.dropFirst()
      }
    return text + [.field("Next", next)]
  }

  /// The resources that the deletion destroys and those that may survive it. Unread parts are marked.
  private func inventory(in context: Context) -> [Block] {
    let inventory = context.accounts.inventory[account.id]
    let parts = InventoryText(inventory: inventory)
    return [.blank, .paragraph("Will be destroyed, with everything else in it", Theme.heading)]
      + parts.resources(identity: context.session.identity).map(block)
      + [.blank, .paragraph("May survive and keep working", Theme.heading)] + parts.survivors.map(block)
      + steps(for: inventory, parts, in: context).map { .paragraph($0, Theme.warning) }
  }

  private func block(for part: InventoryText.Part) -> Block {
    switch part.content {
    case .pending: return .glance(part.label, "…", Theme.faint)
    case .none: return .field(part.label, "none")
    case .held(let held): return .field(part.label, held.review)
    case .failed(let error):
      // It is not documented whether an account that never had the resource gets this answer.
      let more = error.saysNotThere ? ": perhaps never set up" : ""
      return .field(part.label, "could not check (\(error.shortReason))\(more)", Theme.warning)
    }
  }

  private func steps(for inventory: Inventory, _ parts: InventoryText, in context: Context) -> [String] {
    var sentences: [String] = []
    let hasGateway = inventory.gateway.current.map { $0 != nil } ?? false
    let hasAccess = inventory.accessOrganization.current.map { $0 != nil } ?? false
    if hasGateway || hasAccess {
      let steps = [hasGateway ? "the Gateway" : nil, hasAccess ? "the Access organisation" : nil, "the account"]
      sentences.append(
        "Cloudflare's documented order of removal: \(steps.compactMap(\.self).joined(separator: ", then ")).")
    }
    if let jobs = inventory.logpushJobs.current, jobs.total > 0 {
      sentences.append("Logpush jobs go on sending logs until each is deleted, which has to be done first.")
    }
    if !parts.nextSteps.isEmpty {
      let again = context.hints(.refresh, "reads again.", in: .review)
      sentences.append(
        (["For what could not be checked:"] + parts.nextSteps + [again].compactMap(\.self)).joined(separator: " "))
    }
    return sentences
  }

  private func identity(of account: Account, in context: Context) -> [Block] {
    let odd = Self.oddScalars(in: account.name)
    return [.field("Name", account.name, Theme.heading)]
      + (odd.isEmpty ? [] : [.field("", "! not shown as they are: \(odd.joined(separator: " "))", Theme.warning)])
      + [
        .field("ID", Wording.grouped(id: account.id)), .field("Type", Wording.type(account.type)),
        .field("Created", Wording.created(account, at: context.now)), .field("Parent", Wording.parent(of: account)),
      ]
  }

  /// The characters of a name that are not shown as they are, at most eight, as `U+202E`.
  private static func oddScalars(in name: String) -> [String] {
    guard !SafeText(name).isExactly(name) else { return [] }
    var odd: [String] = []
    for scalar in name.unicodeScalars where odd.count < 8 && !SafeText(String(scalar)).isExactly(String(scalar)) {
      if !odd.contains(scalar.number) { odd.append(scalar.number) }
    }
    return odd
  }

  /// Both versions of an account side by side, with differences marked.
  private func comparison(with fresh: Account) -> [Block] {
    var text: [Block] = [.pair("", isRead ? "In the review" : "In the list", "Read just now")]
    for aspect in Aspect.allCases {
      let differs = differs(aspect, in: fresh)
      // Name, type and parent are always shown, to identify the account.
      guard differs || [.name, .type, .parent].contains(aspect) else { continue }
      var (left, right) = (aspect.text(of: account), aspect.text(of: fresh))
      // Two parents can have the same name.
      if differs, aspect == .parent, left == right {
        (left, right) = (account.managedBy?.id ?? left, fresh.managedBy?.id ?? right)
      }
      text.append(
        .pair(differs ? "! \(aspect.rawValue)" : aspect.rawValue, left, right, differs ? Theme.warning : .plain))
      guard differs, aspect == .name, SafeText(left) == SafeText(right) || left == right else { continue }
      text.append(.field("", "The names look alike, and are made of different characters.", Theme.warning))
    }
    return text + [.field("ID", Wording.grouped(id: account.id))]
  }

  // MARK: Challenge

  /// In a low window, the least important lines are left out, so that the challenge fits.
  private func challengeText(in context: Context) -> [Block] {
    let area = area(in: context)
    func height(_ blocks: [Block]) -> Int { blocks.lines(width: area.width).count }
    // The request, the field, its message, and a blank row before them.
    let rows = area.height - height([.paragraph(challenge.requestToUnlock)]) - 4
    var name = Block.field("Name", account.name, Theme.heading)
    let lines = wrapped(account.name, width: area.width - Block.labelWidth)
    // The review has shown the whole name.
    if lines.count > 2 { name = .field("Name", lines.prefix(2).joined(separator: " ") + " …", Theme.heading) }
    let essential = [name, .field("ID", Wording.grouped(id: account.id))]
    var warning = Block.failure(
      "Deletion is permanent. It takes the account's zones and all other resources in it with it, "
        + "and nobody can bring them back.")
    if height(essential + [warning]) > rows {
      warning = .failure("Permanent: zones and all else in it go with it.")
    }
    var further: [[Block]] = []
    if let warning = ownershipWarning { further.append([.failure("This may be your own account: \(warning).")]) }
    if let summary = summary(in: context) { further.append([.field("Destroys", summary)]) }
    further.append([.blank])
    further.append([
      .field("Type", Wording.type(account.type)), .field("Parent", Wording.parent(of: account)),
    ])
    while !further.isEmpty, height(essential + further.joined() + [warning]) > rows { further.removeLast() }
    // The blank row comes last, before the warning.
    let hasBlank = further.contains([.blank])
    return essential + further.filter { $0 != [.blank] }.joined() + (hasBlank ? [.blank] : []) + [warning]
  }

  /// The resources that the deletion destroys, in one line; `nil` if there are none.
  private func summary(in context: Context) -> String? {
    let inventory = context.accounts.inventory[account.id]
    var known: [String] = []
    var unknown: [String] = []
    func add<Element>(_ data: RemoteData<CountedList<Element>>, _ one: String, _ many: String, _ word: String) {
      guard let list = data.current else { return unknown.append(word) }
      guard list.total > 0 else { return }
      known.append(
        list.isExact ? Wording.count(list.total, one, many) : "\(Wording.number(list.total)) or more \(many)")
    }
    add(inventory.zones, "zone", "zones", "zones")
    add(inventory.members, "member's access", "members' access", "members")
    add(inventory.subscriptions, "plan", "plans", "plans")
    if !unknown.isEmpty { known.append("and what could not be checked: \(unknown.joined(separator: ", "))") }
    return known.isEmpty ? nil : known.joined(separator: ", ")
  }

  // MARK: Receipt

  private func receipt(in context: Context) -> [Block] {
    let session = context.session
    var text: [Block] = [
      .field("Name", account.name, Theme.heading), .field("ID", Wording.grouped(id: account.id)),
    ]
    // A request that was not sent is not shown.
    let isNotSent = if case .write(.notSent) = phase { true } else { false }
    if let intent, !isNotSent {
      let outcome = context.writes.history.entry(intent.id)?.outcome
      text.append(.field("Request", intent.operation.requestLine))
      let answer = [outcome?.httpStatus.map { "HTTP \($0)" }, outcome?.ray.map { "cf-ray \($0)" }]
        .compactMap(\.self).joined(separator: " · ")
      if !answer.isEmpty { text.append(.field("Answer", answer)) }
      let end = outcome.map { ", ended \(Wording.time($0.date))" } ?? ""
      text.append(.field("Sent", Wording.minute(intent.date) + end))
    }
    return text + [.field("As", "\(session.identity) at \(session.endpointHost)\(session.profileWords)")]
  }

  private func outcomeText(in context: Context) -> [Block] {
    switch phase {
    case .write(.sending):
      return [.paragraph("The one request is on its way. It is not sent again, and cannot be taken back.")]
    case .verifying:
      return [.paragraph("The server has confirmed the deletion. Reading whether the account is gone …")]
    case .deleted:
      return [.paragraph("✓ Deleted. A read after it says that the account is not there any more.", Theme.success)]
    case .accepted(let error):
      return [
        .paragraph("✓ The server confirmed the deletion.", Theme.success),
        .paragraph(
          error.map { "Whether it is gone could not be read: \($0.explanation)" }
            ?? "The account can still be read: deletions are carried out a while later."),
      ]
    case .write(.refused(let error)):
      let who =
        error.status == 403
        ? "Only tenant administrators may delete accounts, most often with the Global API Key. " : ""
      return [.failure("Not deleted: \(error.explanation)")] + Block.optional(who + (error.nextStep ?? ""))
    case .write(.unknown(_, let error)):
      return [.warning("Not known whether it was deleted: \(error.explanation)")]
        + context.lookUpText(of: unresolvedWrite)
    case .write(.notSent(let problem)):
      return [.failure("Nothing was sent. \(problem.message)")]
        + (unresolvedWrite == nil ? [.paragraph(problem.nextStep)] : context.lookUpText(of: unresolvedWrite))
    case .write(.lookedUp(.confirmed, _)):
      return [.paragraph("✓ Deleted. The request has done what it was to do.", Theme.success)]
    case .write(.lookedUp(.notDone, _)):
      let finding = intent.flatMap { context.writes.history.entry($0.id)?.outcome?.message } ?? ""
      return [.paragraph("Not deleted, as far as reading shows. \(finding)")]
    case .write(.lookedUp(.refused, _)): return [.paragraph("Not deleted: the server has refused the request.")]
    case .write(.lookedUp):
      return [
        .paragraph("Not known whether it was deleted: the request was dismissed by hand.", Theme.warning)
      ]
    case .dryRun(let intent):
      return [
        .paragraph("✓ Dry run: nothing was sent, and nothing was noted down.", Theme.success),
        .paragraph("This would have been sent now:"), .paragraph(intent.operation.requestLine),
      ]
    case .reading, .review, .challenge, .countdown, .blocked, .write(.idle): return []
    }
  }
}

extension Session {
  /// The endpoint of writes in words.
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
  fileprivate func text(of account: Account) -> String {
    switch self {
    case .name: account.name
    case .type: Wording.type(account.type)
    case .parent: Wording.parent(of: account)
    case .created: account.createdOn.map(Wording.minute) ?? "not said"
    case .twoFactor: account.requiresTwoFactor ? "required" : "not required"
    case .abuse: account.abuseContact.isEmpty ? "none" : account.abuseContact
    }
  }
}
