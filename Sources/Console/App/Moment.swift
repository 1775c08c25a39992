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

  /// The time now, and 128 random bits.
  public static var now: Moment {
    // Foundation's UUID opens /dev/urandom each time, and this is on the path of every key.
    let halves = [UInt64.random(in: .min ... .max), .random(in: .min ... .max)]
    return Moment(date: Date(), freshID: halves.map { Self.hexadecimal($0) }.joined())
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
