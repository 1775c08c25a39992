/// The clipboard of the desktop around the terminal.
public protocol Clipboard: Sendable {
  /// A note for a person when the terminal copies instead; `nil` for none.
  var terminalNote: String? { get }

  /// Puts a text on the clipboard.
  ///
  /// - Returns: the program that copied the text; `nil` if none could.
  func copy(_ text: String) async -> String?
}

/// The browser of the desktop around the terminal.
public protocol URLOpener: Sendable {
  /// Opens an address.
  ///
  /// - Returns: whether a program took the address.
  func open(_ address: String) async -> Bool
}

/// A text for the clipboard.
struct ClipboardText: Sendable, Equatable {
  /// The name in messages: `the ID`.
  let name: String
  /// The text without controls, which could act where it is pasted.
  let text: String
  /// The number of controls left out.
  let omitted: Int

  /// - Parameter keepsLines: whether line ends stay.
  init(_ name: String, _ text: String, keepsLines: Bool = false) {
    self.name = name
    // Every escape sequence begins with a control.
    let clean = text.unicodeScalars.filter { !$0.isControl || keepsLines && $0 == "\n" }
    self.text = String(clean)
    omitted = text.unicodeScalars.count - clean.count
  }
}

/// The way to the clipboard.
enum CopyRoute: Sendable, Equatable {
  case program(String)
  /// The terminal, by OSC 52. It never confirms; the note says what else to know.
  case terminal(note: String?)
}
