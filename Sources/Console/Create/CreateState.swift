import Cloudflare
import Terminal

/// The form for a new account.
public struct CreateState: Sendable, Equatable {
  public enum Field: Sendable, CaseIterable {
    case name, type, unit, cancel, create
  }

  public enum Phase: Sendable, Equatable {
    case editing
    /// The one request is on its way, and the form stands still.
    case sending(RequestToken)
    /// The server said no.
    case refused(CloudflareError)
    /// No answer that can be trusted came: the account may exist.
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

  public internal(set) var name = TextField()
  public internal(set) var type = AccountType.standard
  public internal(set) var unit = TextField()
  public internal(set) var focus = Field.name
  public internal(set) var namesakes = NamesakeSearch()
  public internal(set) var phase = Phase.editing
  /// Whether creating was tried with what is missing still missing, so that it is said.
  var showsProblems = false
  var lastAttempt: Attempt?

  static let types: [(type: AccountType, purpose: String)] = [
    (.standard, "self-serve customers"), (.enterprise, "enterprise customers, by agreement"),
  ]

  var isSending: Bool {
    if case .sending = phase { return true }
    return false
  }

  var isEmpty: Bool { name.text.isEmpty && unit.text.isEmpty && type == .standard }

  var inputContext: InputContext {
    switch focus {
    case .name, .unit: isSending ? .button : .field
    case .type: isSending ? .button : .choice
    case .cancel, .create: doubtfulWrite == nil ? .button : .doubt
    }
  }

  /// The write that has to be looked up before the form can go on.
  var doubtfulWrite: WriteIntent.ID? {
    switch phase {
    case .unknown: lastAttempt?.intentID
    case .notSent(.repeats(let intent)): intent.id
    case .editing, .sending, .refused, .notSent, .lookedUp: nil
    }
  }

  var account: NewAccount {
    NewAccount(name: name.text, type: type, unitID: unit.text.isEmpty ? nil : unit.text)
  }

  var nameLength: Int { NewAccount.nameLength(name.text) }

  /// Why the form cannot be sent; `nil` when it can.
  var nameProblem: String? {
    if name.text.isEmpty { return "A name is needed" }
    if name.text.allSatisfy(\.isWhitespace) { return "A name of blanks only would be unreadable everywhere" }
    if nameLength > NewAccount.nameLimit {
      return "\(nameLength - NewAccount.nameLimit) too many: a name has at most \(NewAccount.nameLimit) characters"
    }
    return nil
  }

  /// What is allowed, and yet probably not meant.
  var nameDoubt: String? {
    if name.text.first?.isWhitespace == true || name.text.last?.isWhitespace == true {
      return "The name begins or ends with a blank"
    }
    return SafeText(name.text).isExactly(name.text)
      ? nil : "The name has characters that terminals do not show as they are"
  }

  var unitProblem: String? {
    unit.text.contains(where: \.isWhitespace) ? "An identifier has no blanks" : nil
  }

  mutating func edit(_ edit: TextEdit) {
    guard !isSending else { return }
    switch focus {
    case .name: name.apply(edit)
    case .unit: unit.apply(edit)
    case .type, .cancel, .create: return
    }
    if edit.changesText { forgetRefusal() }
  }

  mutating func choose(_ step: Int) {
    guard !isSending, let index = Self.types.firstIndex(where: { $0.type == type }) else { return }
    type = Self.types[(index + step + Self.types.count) % Self.types.count].type
    forgetRefusal()
  }

  mutating func moveFocus(_ step: Int) {
    let fields = Field.allCases
    guard let index = fields.firstIndex(of: focus) else { return }
    focus = fields[(index + step + fields.count) % fields.count]
  }

  /// All that is said is about what was sent. What is not known of it stays in the journal.
  private mutating func forgetRefusal() {
    if !isSending { phase = .editing }
  }

  /// What the server said about one field, by the pointer into the request that it gave.
  func refusal(of field: Field) -> String? {
    guard case .refused(let error) = phase else { return nil }
    let messages = error.errors.filter { Self.field(of: $0) == field }.map(\.message)
    return messages.isEmpty ? nil : messages.joined(separator: "; ")
  }

  /// What the server said that belongs to no field.
  var generalRefusal: String? {
    guard case .refused(let error) = phase else { return nil }
    let isPlaced = error.errors.contains { Self.field(of: $0) != nil }
    return isPlaced ? nil : error.explanation
  }

  private static func field(of message: APIMessage) -> Field? {
    guard let pointer = message.source?.pointer else { return nil }
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/type") { return .type }
    return pointer.hasPrefix("/unit") ? .unit : nil
  }
}
