import CNcurses
import Glibc
import Terminal

/// What would be known of the terminal if a ``TerminalScreen`` were opened now. Nothing is opened or written for it.
public struct TerminalReport: Sendable, Hashable {
  public enum Knowledge: Sendable, Hashable {
    case usable
    /// The system's terminfo does not know the type, or `TERM` is not set; another is driven in its place.
    case unknown(substitute: String)
    /// The type cannot place the cursor.
    case incapable
  }

  /// `TERM`; `nil` when unset or empty.
  public var type: String?
  public var knowledge: Knowledge
  /// Colours of the type that is driven; 0 for none.
  public var colors: Int
  /// Whether `NO_COLOR` is set.
  public var refusesColor: Bool
  /// Whether pastes are told from keys (bracketed paste).
  public var marksPastes: Bool
  /// The locale for characters; `nil` when none is set.
  public var locale: String?
  /// Whether the locale is one for UTF-8.
  public var isUnicode: Bool
  /// `nil` when the process has no terminal.
  public var size: Size?

  /// Whether the locale of this process is one for UTF-8.
  public static var isUnicode: Bool { TerminalEnvironment.current.isUnicode }

  /// Asks the environment, terminfo and the terminal that controls the process.
  @MainActor
  public static func current(devicePath: String = "/dev/tty") -> TerminalReport {
    let environment = TerminalEnvironment.current
    let descriptor = open(devicePath, O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    // Terminfo wants a descriptor, and only asks it for its speed.
    let asked = descriptor >= 0 ? descriptor : STDOUT_FILENO
    var facts = cn_type_facts()
    if let name = environment.type {
      facts = TerminalType.lookUp(name, hasManyColors: environment.hasManyColors, descriptor: asked).facts
    }
    var knowledge = Knowledge.usable
    if facts.knowledge == cn_type_incapable {
      knowledge = .incapable
    } else if facts.knowledge != cn_type_usable {
      knowledge = .unknown(substitute: TerminalType.fallbackName)
      facts = cn_describe_type(TerminalType.fallbackName, asked)
    }
    return TerminalReport(
      type: environment.type, knowledge: knowledge, colors: max(0, Int(facts.colors)),
      refusesColor: environment.refusesColor, marksPastes: facts.has_alternate_screen,
      locale: environment.locale, isUnicode: environment.isUnicode, size: size(of: descriptor))
  }

  private static func size(of descriptor: Int32) -> Size? {
    var window = winsize()
    guard descriptor >= 0, ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0 else { return nil }
    return Size(width: Int(window.ws_col), height: Int(window.ws_row))
  }
}
