import CNcurses
import Glibc
import Terminal

/// What would be known of the terminal if a ``TerminalScreen`` were opened now. Nothing is opened or written for it.
public struct TerminalReport: Sendable, Hashable {
  public enum Knowledge: Sendable, Hashable {
    case usable
    /// The system's terminfo does not know the type, or `TERM` is not set; another is driven in its place.
    case unknown
    /// The type cannot place the cursor.
    case incapable
  }

  /// `TERM`; `nil` when unset or empty.
  public var type: String?
  /// The type that is driven: that one, its kind with more colours, or a substitute.
  public var drivenType: String
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
    let device = try? TerminalDevice(path: devicePath)
    defer { device?.close() }
    // Terminfo wants a descriptor, and only asks it for its speed.
    let asked = device?.descriptor ?? STDOUT_FILENO
    var (driven, facts) = (TerminalType.fallbackName, cn_type_facts())
    if let name = environment.type {
      (driven, facts) = TerminalType.lookUp(name, hasManyColors: environment.hasManyColors, descriptor: asked)
    }
    var knowledge = Knowledge.usable
    if facts.knowledge == cn_type_incapable {
      knowledge = .incapable
    } else if facts.knowledge != cn_type_usable {
      knowledge = .unknown
      driven = TerminalType.fallbackName
      facts = cn_describe_type(driven, asked)
    }
    return TerminalReport(
      type: environment.type, drivenType: driven, knowledge: knowledge, colors: max(0, Int(facts.colors)),
      refusesColor: environment.refusesColor, marksPastes: facts.has_alternate_screen,
      locale: environment.locale, isUnicode: environment.isUnicode, size: device?.size)
  }
}
