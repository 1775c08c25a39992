import Cloudflare
import Terminal

/// The form for a new account.
struct CreateState: Sendable, Equatable {
  enum Field: Sendable, Hashable {
    case name, type, twoFactor, unit
    /// The line that the business fields are folded behind.
    case details
    case business(BusinessField)
    case cancel, create
  }

  /// How the write at hand stands: the creation, or, once the account exists, the change that sets the two-factor
  /// requirement.
  enum Phase: Sendable, Equatable {
    case editing
    /// The one request is on its way, and the form stands still.
    case sending(RequestToken)
    /// The server said no.
    case refused(CloudflareError)
    /// No answer that can be trusted came: it may have happened.
    case unknown(CloudflareError)
    /// Nothing was sent, because of the journal or what it tells.
    case notSent(JournalProblem)
    /// A write that was in doubt has been looked up; with the account that had come of it.
    case lookedUp(WriteOutcome.Kind, accountID: Account.ID?)
  }

  /// What was sent last, and under which key: the same body goes out again under the same key only.
  struct Attempt: Sendable, Equatable {
    var account: NewAccount
    var idempotencyKey: String
    var intentID: WriteIntent.ID
  }

  var name = TextField()
  var type = AccountType.standard
  /// Whether every member is to need two-factor authentication. It takes a second write: creating ignores it.
  var requiresTwoFactor = false
  /// The identifier of the tenant's unit, chosen or typed; empty when none is named.
  var unit = TextField()
  var isBusinessOpen = false
  var business: [BusinessField: TextField] = [:]
  var focus = Field.name
  var duplicateNames = DuplicateNameSearch()
  var tenancy = Tenancy()
  var phase = Phase.editing
  /// The account that has come of it: all that is left to do is to set the requirement, and nothing is ever created
  /// from here again.
  var created: Account?
  /// Whether creating was tried with what is missing still missing, so that it is said.
  var showsProblems = false
  var lastAttempt: Attempt?
  /// The write that sets the requirement.
  var requirementID: WriteIntent.ID?

  var isSending: Bool {
    if case .sending = phase { return true }
    return false
  }

  var isEmpty: Bool {
    name.text.isEmpty && unit.text.isEmpty && type == .standard && !requiresTwoFactor
      && business.values.allSatisfy(\.text.isEmpty)
  }

  /// The fields that Tab goes through.
  var fields: [Field] {
    guard created == nil else { return [.cancel, .create] }
    let details = isBusinessOpen ? BusinessField.allCases.map(Field.business) : []
    return [.name, .type, .twoFactor, .unit, .details] + details + [.cancel, .create]
  }

  var inputContext: InputContext {
    switch focus {
    case _ where isSending: .busy
    case .cancel, .create: unresolvedWrite == nil ? .button : .unknownOutcome
    case .name, .business: .field
    case .unit: choosesUnit ? .choice : .field
    case .type: .choice
    case .twoFactor, .details: .toggle
    }
  }

  /// Whether the unit is chosen from a list. What was typed before the list came, and is not in it, stays typed.
  var choosesUnit: Bool {
    let units = tenancy.units
    return !units.isEmpty && (unit.text.isEmpty || units.contains { $0.id == unit.text })
  }

  /// The types that may be chosen, with the one that is.
  var types: Tenancy.Types {
    var offer = tenancy.types(for: unit.text.isEmpty ? nil : unit.text)
    if !offer.types.contains(type) {
      offer.types.append(type)
      offer.message = "Your tenant may not create accounts of type \(type.rawValue)."
    }
    return offer
  }

  /// The write that is on its way.
  var writeOnItsWay: WriteIntent.ID? { isSending ? writeAtHand : nil }

  private var writeAtHand: WriteIntent.ID? { created == nil ? lastAttempt?.intentID : requirementID }

  /// The write that has to be looked up before the form can go on.
  var unresolvedWrite: WriteIntent.ID? {
    switch phase {
    case .unknown: writeAtHand
    case .notSent(.repeats(let intent)): intent.id
    case .editing, .sending, .refused, .notSent, .lookedUp: nil
    }
  }

  var account: NewAccount {
    func text(_ field: BusinessField) -> String? { business[field].flatMap { $0.text.isEmpty ? nil : $0.text } }
    return NewAccount(
      name: name.text, type: type, unitID: unit.text.isEmpty ? nil : unit.text,
      business: BusinessDetails(
        name: text(.name), address: text(.address), email: text(.email), phone: text(.phone),
        externalMetadata: text(.reference)))
  }

  // MARK: Changes

  mutating func edit(_ edit: TextEdit) {
    guard !isSending else { return }
    switch focus {
    case .name: name.apply(edit)
    case .unit where !choosesUnit: unit.apply(edit)
    case .business(let field): business[field, default: TextField()].apply(edit)
    case .unit, .type, .twoFactor, .details, .cancel, .create: return
    }
    if edit.changesText { forgetRefusal() }
  }

  mutating func choose(_ step: Int) {
    guard !isSending else { return }
    switch focus {
    case .type:
      let types = types.types
      guard let index = types.firstIndex(of: type) else { return }
      type = types[(index + step + types.count) % types.count]
    case .unit where choosesUnit:
      let choices = [""] + tenancy.units.map(\.id)
      guard let index = choices.firstIndex(of: unit.text) else { return }
      unit = TextField(choices[(index + step + choices.count) % choices.count])
    default: return
    }
    forgetRefusal()
  }

  mutating func toggle() {
    guard !isSending else { return }
    switch focus {
    case .twoFactor:
      requiresTwoFactor.toggle()
      forgetRefusal()
    case .details: isBusinessOpen.toggle()
    default: break
    }
  }

  mutating func moveFocus(_ step: Int) {
    let fields = fields
    guard let index = fields.firstIndex(of: focus) else { return }
    focus = fields[(index + step + fields.count) % fields.count]
  }

  /// Brings the focus to a field, out from behind its line if need be.
  mutating func show(_ field: Field) {
    if case .business = field { isBusinessOpen = true }
    focus = field
  }

  /// All that is said is about what was sent. What is not known of it stays in the journal.
  private mutating func forgetRefusal() {
    if !isSending { phase = .editing }
  }
}
