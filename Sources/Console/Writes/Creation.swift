import Cloudflare
import FoundationEssentials

/// The creation of an account: the request, and what was known before it was sent.
struct Creation: Sendable, Equatable {
  var account: NewAccount
  /// Names this one creation. A further try of the same request carries the same key.
  var idempotencyKey: String
  /// Whether the account is to require two-factor authentication. That takes a second write, once it exists.
  var requiresTwoFactor: Bool
  /// Accounts of that name which were there before, as far as they were known.
  var duplicateNames: [Account.ID]
  /// Whether the server has told of all accounts of that name right before: another one is not from before.
  var knowsAllDuplicateNames: Bool
  /// The server's clock when this key was first sent; `nil` when it is not known.
  var serverDate: Date?

  /// The largest number of accounts with the same name that the journal keeps.
  static let mostDuplicateNames = 50

  init(
    _ account: NewAccount, idempotencyKey: String, requiresTwoFactor: Bool = false, duplicateNames: [Account.ID] = [],
    knowsAllDuplicateNames: Bool = false, serverDate: Date? = nil
  ) {
    self.account = account
    self.idempotencyKey = idempotencyKey
    self.requiresTwoFactor = requiresTwoFactor
    self.duplicateNames = Array(duplicateNames.prefix(Self.mostDuplicateNames))
    self.knowsAllDuplicateNames = knowsAllDuplicateNames && duplicateNames.count <= Self.mostDuplicateNames
    self.serverDate = serverDate
  }

  /// Adds the server's accounts of that name right before the creation is sent.
  mutating func receive(_ page: AccountPage, listTotal: Int?) {
    let shown = page.accounts.filter { $0.isNamed(account.name) }.map(\.id)
    self = Creation(
      account, idempotencyKey: idempotencyKey, requiresTwoFactor: requiresTwoFactor,
      duplicateNames: Set(duplicateNames).union(shown).sorted(),
      knowsAllDuplicateNames: page.holdsAllMatches(of: account.name, listTotal: listTotal),
      serverDate: serverDate ?? page.serverDate)
  }

  /// How an account that came of this differs from what was asked for, in words; `nil` when it does not. What an answer
  /// leaves out does not differ.
  func difference(of created: Account) -> String? {
    var parts: [String] = []
    if !created.name.utf8.elementsEqual(account.name.utf8) {
      parts.append("asked for the name \(account.name), the server named it \(created.name)")
    }
    if let type = created.type, type != account.type {
      parts.append("asked for \(account.type.rawValue), the server made it \(type.rawValue)")
    }
    if let unit = account.unit?.id, let parent = created.managedBy?.id, unit != parent {
      parts.append("asked for the unit \(unit), the server put it under \(parent)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension WriteIntent {
  /// Why a successful answer to a creation cannot be about the account that it made; `nil` when nothing speaks against
  /// it.
  ///
  /// - Parameters:
  ///   - known: the accounts that were here before it was sent.
  ///   - date: when the answer came, by this machine's clock.
  func contradiction(in answer: Confirmed<Account>, known: AccountList?, at date: Date) -> String? {
    guard case .create(let creation) = operation else { return nil }
    let account = answer.value
    // A first try's key is its own; under an earlier one, the account may have come of the earlier try.
    let isFirst = creation.idempotencyKey == id
    let sent = creation.serverDate ?? (isFirst ? answer.serverDate.map { $0 - date.timeIntervalSince(self.date) } : nil)
    if let created = account.createdOn, let sent, created < sent - CreationJudge.tolerance {
      return "it names the account \(account.id), created on \(Wording.minute(created)), before it was asked for"
    }
    let isNew = account.createdOn != nil && creation.serverDate != nil
    let wasHere = creation.duplicateNames.contains(account.id) || known?.account(account.id) != nil
    return wasHere && (isFirst || !isNew) ? "it names the account \(account.id), which was there before" : nil
  }
}
