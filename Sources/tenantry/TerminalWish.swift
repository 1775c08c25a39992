import Curses
import Terminal

/// What the arguments say of how the terminal is to be used; `nil` where they say nothing.
struct TerminalWish: Sendable, Equatable {
  var theme: ColorScheme?
  var isASCII: Bool?
  var reportsMouse: Bool?

  /// Arguments go before the configuration file.
  func options(_ file: ConfigurationFile?) -> TerminalOptions {
    TerminalOptions(
      scheme: theme ?? file?.theme?.value ?? .standard, isASCII: isASCII ?? file?.ascii?.value ?? false,
      reportsMouse: reportsMouse ?? file?.mouse?.value ?? false)
  }
}
