/// What a terminal of xterm's kin is asked to tell: pastes by marks around them (mode 2004), its focus (1004), and, where
/// a person wants it, presses of the mouse's buttons (1000) in the form that knows no bounds of columns (1006).
///
/// Neither terminfo nor ncurses turns the first two on or off, and both would have the mouse decoded twice.
struct ReportingModes: Sendable, Hashable {
  private let numbers: [Int]

  init(includingMouse: Bool) {
    numbers = [2004, 1004] + (includingMouse ? [1000, 1006] : [])
  }

  var enabling: String { numbers.reduce("") { "\($0)\u{1B}[?\($1)h" } }
  // Not by `joined`: what it asks the runtime for at its first use takes a fifth of a millisecond of every start.
  var disabling: String { numbers.reduce("") { "\u{1B}[?\($1)l\($0)" } }
}
