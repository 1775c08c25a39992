import Cloudflare
import Terminal

/// The form that changes an account. The list cannot change its account.
struct EditState: Sendable, Equatable {
  enum Field: Sendable, CaseIterable {
    case name, twoFactor, contact, cancel, proceed
  }

  enum Phase: Sendable, Equatable {
    /// The account is being read. Only fresh values can be changed.
    case reading
    case unreadable(CloudflareError)
    case editing
    /// The old and new values are shown side by side.
    case reviewing
    /// The account is read once more. The request is only sent if it has not changed.
    case checking
    /// That reading failed. Nothing was sent.
    case uncheckable(CloudflareError)
    /// The account has changed. Nothing was sent.
    case changedMeanwhile(Account)
    case write(WriteProgress)
  }

  /// The account as of its last reading; at first as the list showed it.
  private(set) var base: Account
  private(set) var name = TextField()
  private(set) var requiresTwoFactor = false
  private(set) var contact = TextField()
  var focus = Field.cancel
  private(set) var phase = Phase.reading
  /// Whether a review was tried without changes, so that a message says so.
  private(set) var showsProblems = false
  /// The changes to apply once the account has been read.
  private var pending: AccountEdits
  /// The write that was sent.
  private(set) var intentID: WriteIntent.ID?

  /// - Parameter edits: the kept changes of an earlier form.
  init(account: Account, edits: AccountEdits) {
    base = account
    pending = edits
  }

  // MARK: Changes

  /// The changes to ``base``.
  var edits: AccountEdits {
    switch phase {
    case .reading, .unreadable: return pending
    default: break
    }
    var edits = AccountEdits()
    if !name.text.utf8.elementsEqual(base.name.utf8) { edits.name = name.text }
    if requiresTwoFactor != base.requiresTwoFactor { edits.requiresTwoFactor = requiresTwoFactor }
    if !contact.text.utf8.elementsEqual(base.abuseContact.utf8) { edits.contact = contact.text }
    return edits
  }

  /// The body of the request: always the name, and settings only if they change.
  var requestedChanges: AccountChanges {
    let edits = edits
    return AccountChanges(
      name: edits.name ?? base.name,
      settings: AccountSettings(enforceTwoFactor: edits.requiresTwoFactor, abuseContactEmail: edits.contact))
  }

  // MARK: Phases

  var progress: WriteProgress {
    guard case .write(let progress) = phase else { return .idle }
    return progress
  }

  var showsFields: Bool {
    switch phase {
    case .editing, .write(.refused): true
    default: false
    }
  }

  var fields: [Field] { showsFields ? Field.allCases : [.cancel, .proceed] }

  /// Whether the account is being read, before the fields are shown or before the request is sent.
  var isReading: Bool { phase == .reading || phase == .checking }

  // MARK: Problems

  func problem(of field: Field) -> String? {
    // Only changed values are checked: the server has accepted the others.
    switch field {
    case .name: edits.name.flatMap { AccountName(text: $0).problem }
    case .contact: edits.contact?.contains(where: \.isWhitespace) == true ? "An e-mail address has no blanks" : nil
    case .twoFactor, .cancel, .proceed: nil
    }
  }

  var firstProblem: Field? { [Field.name, .contact].first { problem(of: $0) != nil } }

  func field(at pointer: String) -> Field? {
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/settings/enforce_twofactor") { return .twoFactor }
    return pointer.hasPrefix("/settings/abuse_contact_email") ? .contact : nil
  }
}

extension EditState: WriteForm {
  func inputContext(in context: Context) -> InputContext {
    switch focus {
    case _ where sending != nil: .busy
    case _ where isReading: .waiting
    case .name, .contact: .field
    case .twoFactor: .toggle
    case .cancel, .proceed: unresolvedWrite == nil ? .button : .unknownOutcome
    }
  }

  func awaited(in context: Context) -> [EffectID] {
    isReading ? [.account(.edit)] : progress.awaited(in: context.writes)
  }

  mutating func begin(in context: Context) -> Outcome {
    phase = .reading
    focus = .cancel
    return .effects(.readAccount(base.id, for: .edit))
  }

  /// Applies the changes to a new reading of the account.
  private mutating func goOn(from account: Account) {
    let edits = edits
    base = account
    name = TextField(edits.name ?? account.name)
    requiresTwoFactor = edits.requiresTwoFactor ?? account.requiresTwoFactor
    contact = TextField(edits.contact ?? account.abuseContact)
    pending = AccountEdits()
    showFields()
  }

  private mutating func showFields() {
    phase = .editing
    focus = .name
  }

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    guard showsFields else { return .none }
    switch focus {
    case .name: name.apply(edit)
    case .contact: contact.apply(edit)
    case .twoFactor, .cancel, .proceed: return .none
    }
    if edit.changesText { forgetRefusal() }
    return .none
  }

  private mutating func forgetRefusal() {
    phase = .editing
    showsProblems = false
  }

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    switch command {
    case .nextField where !isReading: moveFocus(1)
    case .previousField where !isReading: moveFocus(-1)
    case .toggle where showsFields && focus == .twoFactor:
      requiresTwoFactor.toggle()
      forgetRefusal()
    case .cancel: return stepBack(in: context)
    case .verify: return lookUpWrite()
    case .accept:
      switch focus {
      case .name, .twoFactor, .contact: moveFocus(1)
      case .cancel: return stepBack(in: context)
      case .proceed: return proceed(in: context)
      }
    default: break
    }
    return .none
  }

  mutating func carryOut(_ step: FormStep, in context: Context) -> Outcome {
    switch step {
    case .fill(let text): return replaceText(by: text, in: context)
    case .set(let isWanted): return isWanted == requiresTwoFactor ? .none : reduce(.toggle, in: context)
    case .next: return reduce(.nextField, in: context)
    case .proceed: return proceed(in: context)
    case .leave: return leave(in: context)
    case .choose, .delete: return .none
    }
  }

  // MARK: Sending

  private mutating func proceed(in context: Context) -> Outcome {
    switch phase {
    case .reading, .checking, .write(.sending): return .none
    case .unreadable: return begin(in: context)
    case .editing, .write(.refused):
      guard firstProblem == nil, !edits.isEmpty else {
        showsProblems = true
        focus = firstProblem ?? focus
        return .none
      }
      phase = .reviewing
      focus = .proceed
      // Keys typed ahead must not skip the review.
      return .effects(.terminal(.discardTypedAhead))
    case .write(.unknown), .write(.notSent(.repeats)): return lookUpWrite()
    case .reviewing, .uncheckable, .write:
      phase = .checking
      return .effects(.readAccount(base.id, for: .edit))
    case .changedMeanwhile(let account):
      goOn(from: account)
      return .none
    }
  }

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    if case .account(.edit, base.id, let result) = answer { return receive(result, in: context) }
    guard case .write(var progress) = phase, let change = progress.receive(answer, in: context.writes.history) else {
      return .none
    }
    phase = .write(progress)
    switch change {
    case .done(let account?): return finish(with: account, in: context)
    case .failed: focus = firstRefused ?? .proceed
    case .done(nil), .earlierDone: break
    }
    return .none
  }

  private mutating func receive(_ result: Result<Account, CloudflareError>, in context: Context) -> Outcome {
    switch (phase, result) {
    case (.reading, .success(let answer)):
      let account = base.completing(answer)
      goOn(from: account)
      return .events(.read(account))
    case (.reading, .failure(let error)):
      phase = .unreadable(error)
      focus = .proceed
    case (.checking, .success(let answer)):
      let account = base.completing(answer)
      guard AccountDifference.between(base, account).isEmpty else {
        phase = .changedMeanwhile(account)
        focus = .cancel
        return .effects(.terminal(.discardTypedAhead)) + .events(.read(account))
      }
      return .events(.read(account)) + send(in: context)
    case (.checking, .failure(let error)): phase = .uncheckable(error)
    default: break
    }
    return .none
  }

  private mutating func send(in context: Context) -> Outcome {
    let intent = context.session.intent(.update(base.id, requestedChanges), in: context.environment)
    switch context.writes.dispatch(intent, context.session, context.accounts.list) {
    case .blocked(let problem): phase = .write(.notSent(problem))
    case .dryRun:
      let (line, what) = (intent.operation.requestLine, names(AccountDifference.between(base, edits)))
      return close()
        + .notice(
          .note, "Dry run: \(line) would have changed \(what) of \(base.name). Nothing was sent",
          nextStep: context.hints(.editAccount, "goes on with it"))
    case .sent(let effect):
      intentID = intent.id
      phase = .write(.sending(intent.id))
      return .effects(effect)
    }
    return .none
  }

  // MARK: Outcome

  mutating func receive(_ conclusion: Conclusion, in context: Context) -> Outcome {
    guard case .write(var progress) = phase, progress.receive(conclusion) else { return .none }
    phase = .write(progress)
    focus = .proceed
    guard conclusion.kind == .confirmed, conclusion.id == intentID, let account = conclusion.account else {
      return .none
    }
    return finish(with: account, in: context)
  }

  private func finish(with answer: Account, in context: Context) -> Outcome {
    let account = base.completing(answer)
    let wanted = AccountDifference.between(base, edits)
    let made = AccountDifference.between(base, account)
    // It is not documented whether a change of one setting affects others, so all are compared.
    let missing = wanted.filter { !made.contains($0) }
    let others = made.filter { difference in !wanted.contains { $0.label == difference.label } }
    let notice: Notice
    if missing.isEmpty, others.isEmpty {
      notice = Notice(.success, "Changed \(names(wanted)) of \(account.name)")
    } else {
      var text = "The change of \(account.name) is taken, and the answer does not say: \(names(missing))"
      if answer.settings != nil || !others.isEmpty || !missing.allSatisfy(\.isSetting) {
        let changed = missing.compactMap { edits in
          made.first { $0.label == edits.label }.map {
            "asked for the \(edits.name) \(edits.after), the server made it \($0.after)"
          }
        }
        let ignored = missing.filter { edits in !made.contains { $0.label == edits.label } }
        let parts =
          changed + (ignored.isEmpty ? [] : ["the server did not take: \(names(ignored))"])
          + (others.isEmpty ? [] : ["it changed as well: \(names(others))"])
        text = "\(account.name) is changed, but not as asked; \(parts.joined(separator: "; "))"
      }
      notice = Notice(.warning, text, nextStep: context.hints(.editAccount, "shows it as it is"))
    }
    return .events(.read(account), .close, .edits(account.id, nil), .notice(notice))
  }

  private func names(_ differences: [AccountDifference]) -> String {
    differences.map(\.name).joined(separator: ", ")
  }

  // MARK: Leaving

  private mutating func stepBack(in context: Context) -> Outcome {
    switch phase {
    case .checking:
      phase = .reviewing
      return .effects(.cancel(.account(.edit)))
    case .reading, .unreadable, .editing, .changedMeanwhile, .write(.sending), .write(.unknown), .write(.refused),
      .write(.notSent(.repeats)):
      return leave(in: context)
    case .reviewing, .uncheckable, .write:
      showFields()
      return .none
    }
  }

  private func leave(in context: Context) -> Outcome {
    guard sending == nil else { return .none }
    let closing = (isReading ? .effects(.cancel(.account(.edit))) : .none) + close()
    if case .write(.unknown) = phase {
      return closing
        + .notice(.warning, "It is not known whether \(base.name) was changed", nextStep: context.hints.unresolved)
    }
    guard phase != .reading, !edits.isEmpty else { return closing }
    return closing
      + .notice(
        .note, "What was typed for \(base.name) is kept", nextStep: context.hints(.editAccount, "goes on with it"))
  }

  /// Closes the form and keeps unsent changes for the next time.
  private func close() -> Outcome {
    let edits = edits
    return .events(.edits(base.id, edits.isEmpty ? nil : edits), .close)
  }
}
