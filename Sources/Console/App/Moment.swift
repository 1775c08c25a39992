import FoundationEssentials

/// What a reducer may not find out by itself, handed to it with each action: the time, and an identifier nobody has yet.
public struct Moment: Sendable, Equatable {
  public var date: Date
  /// Unique to this moment; a creation takes its idempotency key from it.
  public var freshID: String

  public init(date: Date, freshID: String) {
    self.date = date
    self.freshID = freshID
  }

  /// The time now, and a random UUID.
  public static var now: Moment { Moment(date: Date(), freshID: UUID().uuidString.lowercased()) }
}
