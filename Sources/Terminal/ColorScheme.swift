/// Which colours stand for those that a view draws with.
///
/// Views name what they mean with the first eight colours of the palette and with attributes; a scheme says what that
/// looks like. It is applied where styles become the terminal's, once for each style, so that frames cost the same in
/// all of them.
public enum ColorScheme: String, Sendable, Hashable, CaseIterable {
  /// The terminal's own palette on its own ground, so that it is as light or dark as everything else there.
  case standard = "default"
  /// White and bright colours on black, whatever the terminal's palette is: a contrast of at least 7 to 1, as WCAG 2.2
  /// asks for at its level AAA. Nothing is dim.
  case highContrast = "high-contrast"
  /// No colours: bold, dim, underlined and reversed text only.
  case mono

  /// What a style is shown as, on a terminal with 256 colours.
  public func style(for style: Style) -> Style {
    switch self {
    case .standard: style
    case .highContrast: style.inHighContrast
    case .mono: style.withoutColors
    }
  }
}

extension Style {
  /// A ground becomes reverse video, so that what it sets off stays so.
  public var withoutColors: Style { Style(background == nil ? attributes : attributes.union(.reverse)) }

  /// The numbers are of the 6 × 6 × 6 colours that hardly anybody's palette changes.
  fileprivate var inHighContrast: Style {
    let white: UInt8 = 231
    let black: UInt8 = 16
    let text: UInt8 =
      switch foreground?.index {
      case 1, 9: 210
      case 2, 10: 46
      case 3, 11: 226
      case 4, 12: 117
      case 5, 13: 213
      case 6, 14: 51
      default: white
      }
    return Style(
      withoutColors.attributes.subtracting(.dim), foreground: PaletteColor(index: text),
      background: PaletteColor(index: black))
  }
}
