import CNcurses

/// The terminal type to drive.
struct TerminalType: Sendable, Hashable {
  var name: String
  /// What to tell the user when it is not the one that TERM names.
  var note: String?

  /// What most terminals of today understand, known or not.
  static let fallbackName = "xterm-256color"

  /// Chooses the type that TERM names, or else the fallback.
  static func choose(named name: String?, descriptor: Int32) throws(TerminalError) -> TerminalType {
    if let name {
      switch cn_describe_type(name, descriptor).knowledge {
      case cn_type_usable: return TerminalType(name: name)
      case cn_type_incapable: throw .incapableType(name: name)
      default: break
      }
    }
    guard cn_describe_type(fallbackName, descriptor).knowledge == cn_type_usable else { throw .unknownType(name: name) }
    let reason = name.map { "TERM \"\($0)\" is not known on this system" } ?? "TERM is not set"
    return TerminalType(name: fallbackName, note: "\(reason); \(fallbackName) is used instead.")
  }
}
