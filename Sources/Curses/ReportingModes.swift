/// What a terminal of xterm's kin is asked to tell: pastes by marks around them (mode 2004), and its focus (1004).
///
/// Neither terminfo nor ncurses turns these modes on or off.
enum ReportingModes {
  static let enabling = "\u{1B}[?2004h\u{1B}[?1004h"
  static let disabling = "\u{1B}[?1004l\u{1B}[?2004l"
}
