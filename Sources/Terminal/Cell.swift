/// One place on the screen: the base of a grapheme and its style, in 8 bytes.
public struct Cell: Sendable, Hashable {
  /// The scalar drawn here; 0 marks the second column of a wide grapheme.
  public var scalar: UInt32
  public var style: Style

  public init(scalar: UInt32, style: Style) {
    self.scalar = scalar
    self.style = style
  }

  public static let blank = Cell(scalar: 0x20, style: .plain)

  /// Whether this is the second column of the wide grapheme to the left.
  public var isContinuation: Bool { scalar == 0 }
}
