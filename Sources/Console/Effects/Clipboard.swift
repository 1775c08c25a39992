/// The clipboard of the desktop around the terminal.
public protocol Clipboard: Sendable {
  /// What a person has to know when the terminal is asked to copy instead; `nil` for nothing.
  var terminalNote: String? { get }

  /// Puts a text on the clipboard.
  ///
  /// - Returns: the program that has done it; `nil` when none that works here has.
  func copy(_ text: String) async -> String?
}

/// The browser of the desktop around the terminal.
public protocol URLOpener: Sendable {
  /// Opens an address.
  ///
  /// - Returns: whether a program has taken it.
  func open(_ address: String) async -> Bool
}

/// A text on its way to the clipboard.
struct ClipboardText: Sendable, Equatable {
  /// What it is, for people: `the ID`.
  let name: String
  /// Without controls, which could act on whatever it is pasted into.
  let text: String
  /// Controls that were left out.
  let omitted: Int

  /// - Parameter keepsLines: whether the ends of lines stay.
  init(_ name: String, _ text: String, keepsLines: Bool = false) {
    self.name = name
    // Every escape sequence begins with a control.
    let clean = text.unicodeScalars.filter { !$0.isControl || keepsLines && $0 == "\n" }
    self.text = String(clean)
    omitted = text.unicodeScalars.count - clean.count
  }
}

/// How a text came to the clipboard.
enum CopyRoute: Sendable, Equatable {
  case program(String)
  /// The terminal was offered it (OSC 52), which it never answers; with what has to be known of that.
  case terminal(note: String?)
}
