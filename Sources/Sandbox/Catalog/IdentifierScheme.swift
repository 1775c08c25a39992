/// Gives everything in the sandbox its identifier, and finds it again by its identifier, without a table.
///
/// An identifier is an invertible permutation, keyed by the seed, of what it names. So a million accounts cost no
/// memory, two things never share an identifier, and the same seed gives the same identifiers.
struct IdentifierScheme: Sendable {
  /// What an identifier names, so that a zone's identifier is never taken for an account's.
  enum Kind: UInt16 {
    case account = 1
    case unit, user, tenant, zone, member, role, subscription, ratePlan, gateway, token, membership, policy, group
  }

  private let keys: [UInt64]

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .identifiers)
    keys = (0..<6).map { _ in stream.next() }
  }

  /// The identifier of the thing of that kind which belongs to `owner`, an account's position or a plain number.
  func identifier(_ kind: Kind, _ owner: Int, ordinal: Int = 0) -> Identifier {
    var left = UInt64(kind.rawValue) << 48 | UInt64(UInt32(truncatingIfNeeded: ordinal))
    var right = UInt64(truncatingIfNeeded: owner)
    for key in keys {
      (left, right) = (right, left ^ RandomStream.mix(right &+ key))
    }
    return Identifier(high: left, low: right)
  }

  /// What the identifier names, or `nil` when it names nothing of that kind.
  func owner(of identifier: Identifier, _ kind: Kind) -> (owner: Int, ordinal: Int)? {
    var left = identifier.high
    var right = identifier.low
    for key in keys.reversed() {
      (left, right) = (right ^ RandomStream.mix(left &+ key), left)
    }
    guard left >> 48 == UInt64(kind.rawValue), left >> 32 & 0xFFFF == 0, let owner = Int(exactly: right) else {
      return nil
    }
    return (owner, Int(left & 0xFFFF_FFFF))
  }
}
