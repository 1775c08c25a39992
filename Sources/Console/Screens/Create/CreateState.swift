import Cloudflare
import Terminal

/// The form for a new account.
struct CreateState: Sendable, Equatable {
  enum Field: Sendable, Hashable {
    case name, type, twoFactor, unit
    /// The line that shows and hides the business fields.
    case details
    case business(BusinessField)
    case cancel, create
  }

  /// The last request. The same body is only sent again with the same key.
  struct Attempt: Sendable, Equatable {
    var account: NewAccount
    var idempotencyKey: String
    var intentID: WriteIntent.ID
  }

  var name = TextField()
  var type = AccountType.standard
  /// Whether two-factor authentication is required of every member. It takes a second write: a creation ignores it.
  var requiresTwoFactor = false
  /// The ID of the tenant's unit, chosen or typed; empty for none.
  var unit = TextField()
  var isBusinessOpen = false
  var businessTexts: [BusinessField: TextField] = [:]
  var focus = Field.name
  var duplicateNames = DuplicateNameSearch()
  /// The progress of the creation or, once the account exists, of the change that sets the two-factor requirement.
  var progress = WriteProgress.idle
  /// The created account. The form can only set its requirement and never creates another one.
  var created: Account?
  /// Whether a creation was tried without a name, so that the missing name is shown as a problem.
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

  /// Whether the unit is chosen from the list. A unit that was typed before the list came and is not in it stays typed.
  func choosesUnit(in tenancy: Tenancy) -> Bool {
    let units = tenancy.units
    return !units.isEmpty && (unit.text.isEmpty || units.contains { $0.id == unit.text })
  }

  /// The types to choose from, including the chosen one.
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

  /// The accounts with exactly this name, among the loaded rows and in the server's answer.
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

  /// Moves the focus to a field and unfolds it.
  mutating func show(_ field: Field) {
    if case .business = field { isBusinessOpen = true }
    focus = field
  }

  /// Drops the progress after a change of the form. An unknown outcome stays in the journal.
  mutating func forgetWrite() { progress = .idle }

  // MARK: Problems

  var problemOfName: String? { AccountName(text: name.text).problem }

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

  /// The first field with a problem, whether it is on screen or not.
  var firstProblem: Field? {
    ([.name, .unit] + BusinessField.allCases.map(Field.business)).first { problem(of: $0) != nil }
  }

  func field(at pointer: String) -> Field? {
    // Once the account exists, the fields are not sent.
    guard created == nil else { return nil }
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/type") { return .type }
    if pointer.hasPrefix("/unit") { return .unit }
    return BusinessField.allCases.first { pointer == "/" + $0.bodyMember }.map(Field.business)
  }
}

/// An optional detail of the customer's business.
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
