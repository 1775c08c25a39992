extension Credentials {
  /// Whom the credentials stand for, without anything that could be used in their place: an e-mail address, or for a
  /// token eight hexadecimal digits that tell it from other tokens.
  ///
  /// The digits are 32 bits of a hash. A token has more than 200 bits that nobody knows, so they are no help in finding
  /// it; and they are not shown, but only kept to see later whether the same token is at work.
  public var fingerprint: String {
    switch self {
    case .key(let email, _): email
    case .token(let token): "token \(Self.hash(token.reveal()))"
    }
  }

  /// FNV-1a, 32 bits.
  private static func hash(_ text: String) -> String {
    var hash: UInt32 = 0x811C_9DC5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
