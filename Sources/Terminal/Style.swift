/// How a cell looks: a colour of the terminal's own palette for text and ground, and attributes.
///
/// Packed into 32 bits so that whole rows of cells can be compared at once.
public struct Style: Sendable, Hashable {
  /// Bits 0–8 foreground + 1, bits 9–17 background + 1 (0 is the terminal's default), bits 18 and up attributes.
  public private(set) var rawValue: UInt32

  public static let plain = Style()

  public init(_ attributes: Attributes = [], foreground: PaletteColor? = nil, background: PaletteColor? = nil) {
    rawValue =
      UInt32(foreground.map { UInt32($0.index) + 1 } ?? 0)
      | UInt32(background.map { UInt32($0.index) + 1 } ?? 0) << 9
      | UInt32(attributes.rawValue) << 18
  }

  public var foreground: PaletteColor? {
    let bits = rawValue & 0x1FF
    return bits == 0 ? nil : PaletteColor(index: UInt8(bits - 1))
  }

  public var background: PaletteColor? {
    let bits = rawValue >> 9 & 0x1FF
    return bits == 0 ? nil : PaletteColor(index: UInt8(bits - 1))
  }

  public var attributes: Attributes { Attributes(rawValue: UInt8(rawValue >> 18)) }

  /// The same style with more attributes.
  public func adding(_ more: Attributes) -> Style {
    Style(attributes.union(more), foreground: foreground, background: background)
  }

  public struct Attributes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    public static let bold = Attributes(rawValue: 1 << 0)
    public static let dim = Attributes(rawValue: 1 << 1)
    public static let underline = Attributes(rawValue: 1 << 2)
    public static let reverse = Attributes(rawValue: 1 << 3)
    public static let italic = Attributes(rawValue: 1 << 4)
  }
}

/// An entry of the terminal's palette; 0–7 are there on every terminal with colours.
public struct PaletteColor: Sendable, Hashable {
  public let index: UInt8

  public init(index: UInt8) {
    self.index = index
  }

  public static let red = PaletteColor(index: 1)
  public static let green = PaletteColor(index: 2)
  public static let yellow = PaletteColor(index: 3)
  public static let blue = PaletteColor(index: 4)
  public static let magenta = PaletteColor(index: 5)
  public static let cyan = PaletteColor(index: 6)
}
