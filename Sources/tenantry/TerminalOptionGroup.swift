import ArgumentParser
import Curses
import Terminal

/// How the terminal is used.
struct TerminalOptionGroup: ParsableArguments {
  @Option(help: "The colours: the terminal's own, white and bright ones on black, or none. NO_COLOR means mono.")
  var theme: ColorScheme?

  @Flag(
    inversion: .prefixedNo,
    help: "Draw borders and marks in ASCII, as is done by itself where the locale is not a UTF-8 one.")
  var ascii: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Select, scroll and press the hints with the mouse. The terminal then selects text with Shift.")
  var mouse: Bool?

  var wish: TerminalWish { TerminalWish(theme: theme, isASCII: ascii, reportsMouse: mouse) }
}

extension ColorScheme: ExpressibleByArgument {}
