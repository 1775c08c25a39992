import Cloudflare
import Terminal

/// The form that changes an account. It is about the account it was opened for, whatever happens to the list.
struct EditState: Sendable, Equatable {
  enum Field: Sendable, CaseIterable {
    case name, twoFactor, contact, cancel, proceed
  }

  enum Phase: Sendable, Equatable {
    /// The account is being read: nothing is offered for changing that was not read just now.
    case reading(RequestToken)
    case unreadable(CloudflareError)
    case editing
    /// Old and new stand side by side.
    case reviewing
    /// The account is read once more, and only sent to if it is what it was.
    case checking(RequestToken)
    /// That did not succeed, and nothing was sent.
    case uncheckable(CloudflareError)
    /// The account is not what it was any more. Nothing was sent.
    case changedMeanwhile(Account)
    /// The one request is on its way.
    case sending(RequestToken)
    /// The server said no.
    case refused(CloudflareError)
    /// No answer that can be trusted came: it may have happened.
    case unknown(CloudflareError)
    /// Nothing was sent, because of the journal or what it tells.
    case notSent(JournalProblem)
    /// A write that was in doubt has been looked up.
    case lookedUp(WriteOutcome.Kind)
  }

  /// What somebody wants to be different; `nil` is to stay as it is.
  struct Edits: Sendable, Equatable {
    var name: String?
    var requiresTwoFactor: Bool?
    /// Empty takes the contact away.
    var contact: String?

    var isEmpty: Bool { self == Edits() }
  }

  /// The account as it was read last; before the first reading as the list showed it.
  var base: Account
  var name = TextField()
  var requiresTwoFactor = false
  var contact = TextField()
  var focus = Field.cancel
  var phase: Phase
  /// Whether going on was tried with nothing changed, so that it is said.
  var showsProblems = false
  /// What is to be changed once the account has been read.
  private var pending: Edits
  /// The write that was sent.
  var intentID: WriteIntent.ID?

  /// - Parameter wish: what was typed before and is kept.
  init(account: Account, edits: Edits, phase: Phase) {
    base = account
    pending = edits
    self.phase = phase
  }

  // MARK: What is wanted

  /// What is to be changed of the account as it was read last.
  var edits: Edits {
    if case .reading = phase { return pending }
    if case .unreadable = phase { return pending }
    var edits = Edits()
    if !name.text.utf8.elementsEqual(base.name.utf8) { edits.name = name.text }
    if requiresTwoFactor != base.requiresTwoFactor { edits.requiresTwoFactor = requiresTwoFactor }
    if !contact.text.utf8.elementsEqual(base.abuseContact.utf8) { edits.contact = contact.text }
    return edits
  }

  /// The body of the request: the name always goes along, settings only where they change.
  var changes: AccountChanges {
    let edits = edits
    return AccountChanges(
      name: edits.name ?? base.name,
      settings: AccountSettings(enforceTwoFactor: edits.requiresTwoFactor, abuseContactEmail: edits.contact))
  }

  /// Goes on from a fresh reading: what is wanted is wanted of it, and all else is as it says.
  mutating func begin(from account: Account) {
    let edits = edits
    base = account
    name = TextField(edits.name ?? account.name)
    requiresTwoFactor = edits.requiresTwoFactor ?? account.requiresTwoFactor
    contact = TextField(edits.contact ?? account.abuseContact)
    pending = Edits()
    phase = .editing
    focus = .name
  }

  // MARK: Where it stands

  var isBusy: Bool {
    switch phase {
    case .checking, .sending: true
    default: false
    }
  }

  /// Whether the fields are on screen.
  var showsFields: Bool {
    switch phase {
    case .editing, .refused: true
    default: false
    }
  }

  var fields: [Field] { showsFields ? Field.allCases : [.cancel, .proceed] }

  /// Whether the account is being read: before the fields are there, or before what they hold is sent.
  var isReading: Bool {
    switch phase {
    case .reading, .checking: true
    default: false
    }
  }

  var isSending: Bool {
    if case .sending = phase { return true }
    return false
  }

  var inputContext: InputContext {
    switch focus {
    case _ where isSending: .busy
    case _ where isReading: .waiting
    case .name, .contact: .field
    case .twoFactor: .toggle
    case .cancel, .proceed: unresolvedWrite == nil ? .button : .unknownOutcome
    }
  }

  /// The write that has to be looked up before the form can go on.
  var unresolvedWrite: WriteIntent.ID? {
    switch phase {
    case .unknown: intentID
    case .notSent(.repeats(let intent)): intent.id
    default: nil
    }
  }

  // MARK: Changes

  mutating func edit(_ edit: TextEdit) {
    guard showsFields else { return }
    switch focus {
    case .name: name.apply(edit)
    case .contact: contact.apply(edit)
    case .twoFactor, .cancel, .proceed: return
    }
    if edit.changesText { forgetRefusal() }
  }

  mutating func toggle() {
    guard showsFields, focus == .twoFactor else { return }
    requiresTwoFactor.toggle()
    forgetRefusal()
  }

  mutating func moveFocus(_ step: Int) {
    let fields = fields
    guard !isBusy, let index = fields.firstIndex(of: focus) else { return }
    focus = fields[(index + step + fields.count) % fields.count]
  }

  /// Shows the fields again, with all that was typed.
  mutating func goBack() {
    phase = .editing
    focus = .name
  }

  private mutating func forgetRefusal() {
    phase = .editing
    showsProblems = false
  }

  // MARK: What stands against it

  func problem(of field: Field) -> String? {
    // What is there already stays, however the server has come to take it.
    switch field {
    case .name: edits.name.flatMap { AccountName(text: $0).problem }
    case .contact: edits.contact?.contains(where: \.isWhitespace) == true ? "An e-mail address has no blanks" : nil
    case .twoFactor, .cancel, .proceed: nil
    }
  }

  var firstProblem: Field? { [Field.name, .contact].first { problem(of: $0) != nil } }
}

extension EditState: RefusableForm {
  var refusedBy: CloudflareError? {
    guard case .refused(let error) = phase else { return nil }
    return error
  }

  func field(at pointer: String) -> Field? {
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/settings/enforce_twofactor") { return .twoFactor }
    return pointer.hasPrefix("/settings/abuse_contact_email") ? .contact : nil
  }
}

extension Account {
  /// What is not said counts as not required.
  var requiresTwoFactor: Bool { settings?.enforceTwoFactor == true }

  /// Empty when there is none.
  var abuseContact: String { settings?.abuseContactEmail ?? "" }
}
