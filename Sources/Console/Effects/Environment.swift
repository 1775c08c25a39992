import FoundationEssentials

/// What a reducer must not find out by itself. Each action brings it.
struct Environment: Sendable, Equatable {
  var date: Date
  /// Unique to this action. Writes take their IDs and creations their idempotency keys from it.
  var freshID: String

  static var now: Environment { Environment(date: Date(), freshID: UUID().uuidString) }
}
