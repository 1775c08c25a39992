import Terminal

/// How a person wants the terminal to be used.
public struct TerminalOptions: Sendable, Hashable {
  /// `NO_COLOR` in the environment goes before it.
  public var scheme: ColorScheme
  /// Whether nothing but ASCII is drawn, even where the locale says that the terminal shows more.
  public var isASCII: Bool
  /// Whether the terminal's mouse is told, and its own selecting of text needs Shift.
  public var reportsMouse: Bool

  public init(scheme: ColorScheme = .standard, isASCII: Bool = false, reportsMouse: Bool = false) {
    self.scheme = scheme
    self.isASCII = isASCII
    self.reportsMouse = reportsMouse
  }
}
