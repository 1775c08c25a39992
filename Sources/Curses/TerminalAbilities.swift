/// What the open terminal can show.
public struct TerminalAbilities: Sendable, Hashable {
  /// The terminal type that is driven: TERM, unless that was not known.
  public let name: String
  /// How many colours of the palette are used: 0, 8, 16 or 256. 0 also when the user wants none (`NO_COLOR`).
  public let colors: Int
  /// Whether anything but ASCII can be drawn. Without it, frames go through `Frame.asciiFallback`.
  public let isUnicode: Bool
}
