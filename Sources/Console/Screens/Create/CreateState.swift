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

  /// What was sent last, and under which key: the same body goes out again under the same key only.
  struct Attempt: Sendable, Equatable {
    var account: NewAccount
    var idempotencyKey: String
    var intentID: WriteIntent.ID
  }

  var name = TextField()
  var type = AccountType.standard
  /// Whether two-factor authentication is required of every member. It takes a second write: a creation ignores it.
  var requiresTwoFactor = false
  /// The identifier of the tenant's unit, chosen or typed; empty when none is named.
  var unit = TextField()
  var isBusinessOpen = false
  var businessTexts: [BusinessField: TextField] = [:]
  var focus = Field.name
  var duplicateNames = DuplicateNameSearch()
  /// How the write at hand stands: the creation, or, once the account exists, the change that sets the two-factor
  /// requirement.
  var progress = WriteProgress.idle
  /// The account that has come of it: all that is left to do is to set the requirement, and nothing is ever created
  /// from here again.
  var created: Account?
  /// Whether creating was tried with what is missing still missing, so that it is said.
  var showsMissing = false
  var lastAttempt: Attempt?
  /// The write that sets the requirement.
  var requirementID: WriteIntent.ID?

  var isSending: Bool { progress.isSending }

  var isEmpty: Bool {
    name.text.isEmpty && unit.text.isEmpty && type == .standard && !requiresTwoFactor
      && businessTexts.values.allSatisfy(\.text.isEmpty)
  }

  /// The fields that Tab goes through.
  var fields: [Field] {
    guard created == nil else { return [.cancel, .create] }
    let details = isBusinessOpen ? BusinessField.allCases.map(Field.business) : []
    return [.name, .type, .twoFactor, .unit, .details] + details + [.cancel, .create]
  }

  /// Whether the unit is chosen from a list. What was typed before the list came, and is not in it, stays typed.
  func choosesUnit(in tenancy: Tenancy) -> Bool {
    let units = tenancy.units
    return !units.isEmpty && (unit.text.isEmpty || units.contains { $0.id == unit.text })
  }

  /// The types that may be chosen, with the one that is.
  func types(in tenancy: Tenancy) -> Tenancy.Types {
    var offer = tenancy.types(for: unit.text.isEmpty ? nil : unit.text)
    if !offer.types.contains(type) {
      offer.types.append(type)
      offer.message = "Your tenant may not create accounts of type \(type.rawValue)."
    }
    return offer
  }

  var account: NewAccount {
    func text(_ field: BusinessField) -> String? { businessTexts[field].flatMap { $0.text.isEmpty ? nil : $0.text } }
    return NewAccount(
      name: name.text, type: type, unitID: unit.text.isEmpty ? nil : unit.text,
      business: BusinessDetails(
        name: text(.name), address: text(.address), email: text(.email), phone: text(.phone),
        externalMetadata: text(.reference)))
  }

  /// The accounts that are known to have exactly this name: of the rows that are here, and of what the server told.
  func duplicates(in list: AccountList) -> [Account.ID] {
    guard problemOfName == nil else { return [] }
    let shown = duplicateNames.accounts(named: name.text).map(\.id).filter { !list.deleted.contains($0) }
    return Set(list.loaded(named: name.text).map(\.id)).union(shown).sorted()
  }

  // MARK: Changes

  mutating func toggle() {
    guard !isSending else { return }
    switch focus {
    case .twoFactor:
      requiresTwoFactor.toggle()
      forgetWrite()
    case .details: isBusinessOpen.toggle()
    default: break
    }
  }

  /// Brings the focus to a field, out from behind its line if need be.
  mutating func show(_ field: Field) {
    if case .business = field { isBusinessOpen = true }
    focus = field
  }

  /// Something is changed: all that is said is about what was sent. What is not known of it stays in the journal.
  mutating func forgetWrite() { progress = .idle }

  // MARK: What stands against it

  /// Why the name cannot be sent; `nil` when it can.
  var problemOfName: String? { AccountName(text: name.text).problem }

  /// What is allowed, and yet probably not meant.
  var warningOfName: String? { AccountName(text: name.text).warning }

  func problem(of field: Field) -> String? {
    switch field {
    case .name: return problemOfName
    case .unit: return unit.text.contains(where: \.isWhitespace) ? "An identifier has no blanks" : nil
    case .business(let field):
      let excess = NewAccount.nameLength(businessTexts[field]?.text ?? "") - BusinessDetails.limit
      return excess > 0 ? "\(excess) too many: at most \(BusinessDetails.limit) characters are allowed" : nil
    case .type, .twoFactor, .details, .cancel, .create: return nil
    }
  }

  /// The first field that keeps the form from being sent, be it on screen or not.
  var firstProblem: Field? {
    ([.name, .unit] + BusinessField.allCases.map(Field.business)).first { problem(of: $0) != nil }
  }

  func field(at pointer: String) -> Field? {
    // Once the account exists, none of the fields is sent any more.
    guard created == nil else { return nil }
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/type") { return .type }
    if pointer.hasPrefix("/unit") { return .unit }
    return BusinessField.allCases.first { pointer == "/" + $0.bodyMember }.map(Field.business)
  }
}

/// A fact about the customer's business that a new account may carry.
enum BusinessField: Sendable, Hashable, CaseIterable {
  case name, address, email, phone, reference

  var title: String {
    switch self {
    case .name: "Company"
    case .address: "Address"
    case .email: "E-mail"
    case .phone: "Phone"
    case .reference: "Reference"
    }
  }

  /// The member of the request's body, as the server points to it.
  var bodyMember: String {
    switch self {
    case .name: "business_name"
    case .address: "business_address"
    case .email: "business_email"
    case .phone: "business_phone"
    case .reference: "external_metadata"
    }
  }
}
