/// Why no screen can be opened. The description is for the person at the keyboard and ends with what to do.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The device cannot be opened or driven.
  case noTerminal(path: String, reason: String)
  /// The system gives no way to be told of signals.
  case noSignals(reason: String)
  /// The path leads to something else than a terminal.
  case notATerminal(path: String)
  /// Neither the type that TERM names nor the one to fall back on is known. `nil` when TERM is not set.
  case unknownType(name: String?)
  /// The terminal has no way to place its cursor.
  case incapableType(name: String)

  public var description: String {
    switch self {
    case .noTerminal(let path, let reason):
      "No terminal: \(path) cannot be used (\(reason)). Start the program in a terminal (with docker or ssh, ask for one "
        + "with -t), or add --plain for lines and questions."
    case .noSignals(let reason):
      "The program cannot be told of signals (\(reason)). Close other programs, or raise the limit of open files "
        + "(ulimit -n), and start it again."
    case .notATerminal(let path):
      "\(path) is not a terminal. Start the program in a terminal, or add --plain for lines and questions."
    case .unknownType(let name):
      (name.map { "TERM is \"\($0)\", a terminal that this system does not know" } ?? "TERM is not set")
        + ", and \(TerminalType.fallbackName) is not known either. Install the terminal descriptions (the package "
        + "ncurses-base on Debian and Ubuntu), or set TERM to a type that `toe -a` lists."
    case .incapableType(let name):
      "TERM is \"\(name)\", a terminal that cannot place its cursor. Add --plain, use another terminal, or set TERM "
        + "to the type that yours really is, for example TERM=\(TerminalType.fallbackName)."
    }
  }
}
