/// What lies around the terminal: a clipboard, and a browser.
public protocol Desktop: Sendable {
  /// What has to be known when the terminal is asked to copy; `nil` for nothing.
  var terminalAdvice: String? { get }

  /// Puts a text on the clipboard of this machine's desktop.
  ///
  /// - Returns: the program that has done it; `nil` when none that works here has.
  func copy(_ text: String) async -> String?

  /// Has the browser open an address.
  ///
  /// - Returns: whether a program has taken it.
  func open(_ address: String) async -> Bool
}

/// A terminal with nothing around it.
public struct MissingDesktop: Desktop {
  public init() {}

  public var terminalAdvice: String? { nil }

  public func copy(_ text: String) async -> String? { nil }

  public func open(_ address: String) async -> Bool { false }
}

/// A text on its way to the clipboard.
public struct Clipping: Sendable, Equatable {
  /// What it is, for people: `the ID`.
  public let name: String
  /// Without controls, which could act on whatever it is pasted into.
  public let text: String
  /// Controls that were left out.
  public let omitted: Int

  /// - Parameter keepsLines: whether the ends of lines stay.
  init(_ name: String, _ text: String, keepsLines: Bool = false) {
    self.name = name
    var clean = String.UnicodeScalarView()
    var omitted = 0
    for scalar in text.unicodeScalars {
      // C0, DEL and C1: no escape sequence begins without one of them.
      let isControl = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
      if isControl, !(keepsLines && scalar == "\n") {
        omitted += 1
      } else {
        clean.append(scalar)
      }
    }
    self.text = String(clean)
    self.omitted = omitted
  }
}

/// How a text came to the clipboard.
public enum CopyRoute: Sendable, Equatable {
  case program(String)
  /// The terminal was offered it (OSC 52), which it never answers; with what has to be known of that.
  case terminal(advice: String?)
}

/// What comes back from the desktop.
public enum DesktopAction: Sendable, Equatable {
  /// `nil` when there was no way.
  case copied(Clipping, CopyRoute?)
  case opened(String, Bool)
}
