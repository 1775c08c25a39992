/// A small, fast stream of numbers that is the same for the same beginning (SplitMix64).
struct RandomStream: RandomNumberGenerator, Sendable {
  /// Keeps the streams of one seed apart, so that adding a use of one never changes what another yields.
  enum Purpose: UInt64 {
    case identifiers = 1
    case name, account, zones, members, subscriptions, survivors, faults, rays
  }

  private var state: UInt64

  init(seed: UInt64, purpose: Purpose, position: Int = 0) {
    state = Self.mix(
      Self.mix(seed &+ purpose.rawValue &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(truncatingIfNeeded: position))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number from 0 up to, not including, `bound`.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True in `share` of all cases, 0…1.
  mutating func chance(_ share: Double) -> Bool {
    Double(next() >> 11) < share * 0x1p53
  }

  /// Spreads every bit of the number over all of them; invertible.
  static func mix(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
