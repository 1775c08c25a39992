/// A write that took effect. Applied in order to the catalogue, changes give the accounts as they are now.
enum AccountChange: Sendable, Equatable {
  case created(AccountRecord, Creation)
  case updated(AccountRecord)
  case deleted(position: Int, at: Timestamp)
  /// Something was removed that would have outlived the account.
  case survivorRemoved(position: Int, Survivor)

  /// What was asked for when an account was created, to know the same request again.
  struct Creation: Sendable, Equatable {
    var key: String?
    var request: NewAccountRequest
  }
}

/// What a deletion leaves behind, working on: each has to be removed by itself, before the account.
enum Survivor: Sendable, Hashable {
  /// The Zero Trust gateway and its settings.
  case gateway
  /// The Zero Trust Access organization.
  case accessOrganization
  case logpushJob(Int)
}
