import FoundationEssentials
import Synchronization

/// What a reducer may not find out by itself, handed to it with each action: the time, and an identifier nobody has yet.
struct Environment: Sendable, Equatable {
  var date: Date
  /// Unique to this moment; a creation takes its idempotency key from it.
  var freshID: String

  /// The time now, and an identifier of 128 bits.
  static var now: Environment { Environment(date: Date(), freshID: FreshID.next()) }
}

/// Identifiers that nobody else has: numbers that follow a random one.
///
/// Random bits are asked of the system once only: this is on the path of every key.
private enum FreshID {
  private static let first = UInt128.random(in: .min ... .max)
  private static let given = Atomic<UInt64>(0)

  static func next() -> String {
    var bits = first &+ UInt128(given.wrappingAdd(1, ordering: .relaxed).oldValue)
    return String(unsafeUninitializedCapacity: 32) { digits in
      for index in 0..<32 {
        let digit = UInt8(truncatingIfNeeded: bits & 0xF)
        digits.initializeElement(at: index, to: digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        bits >>= 4
      }
      return 32
    }
  }
}
