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
    var bits = UInt128.random(in: .min ... .max)
    let freshID = String(unsafeUninitializedCapacity: 32) { digits in
      for index in 0..<32 {
        let digit = UInt8(truncatingIfNeeded: bits & 0xF)
        digits.initializeElement(at: index, to: digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        bits >>= 4
      }
      return 32
    }
    return Moment(date: Date(), freshID: freshID)
  }
}
