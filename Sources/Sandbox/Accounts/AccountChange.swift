/// A write that took effect. Applied in order to the catalogue, changes give the accounts as they are now.
enum AccountChange: Sendable, Equatable {
  case created(AccountRecord, Creation)
  case updated(AccountRecord)
  case deleted(position: Int, at: Timestamp)

  /// What was asked for when an account was created, to know the same request again.
  struct Creation: Sendable, Equatable {
    var key: String?
    var request: NewAccountRequest
  }
}
