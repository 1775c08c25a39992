/// An account as the sandbox keeps it.
struct AccountRecord: Sendable, Equatable {
  /// Its place in creation order, from 0: what its identifier is made of.
  var position: Int
  var name: String
  var isEnterprise: Bool
  var enforcesTwoFactor: Bool
  var abuseContact: String?
  var createdOn: Timestamp
  /// The number of the tenant's unit that manages it; `nil` for accounts without a parent.
  var unit: Int?
}
