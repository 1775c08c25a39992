import CNcurses

/// The terminal type to drive.
struct TerminalType: Sendable, Hashable {
  var name: String
  /// What to tell the user when it is not the one that TERM names.
  var note: String?

  /// What most terminals of today understand, known or not.
  static let fallbackName = "xterm-256color"

  /// What terminfo knows of a type, or of the same with 256 colours.
  ///
  /// - Parameter hasManyColors: whether the terminal says that it has more colours than eight. Containers and old set-ups
  ///   name such a terminal `xterm` or `screen` all the same; its kind with 256 colours is taken then, if there is one.
  static func lookUp(
    _ name: String, hasManyColors: Bool, descriptor: Int32
  ) -> (name: String, facts: cn_type_facts) {
    let facts = cn_describe_type(name, descriptor)
    guard hasManyColors, facts.knowledge == cn_type_usable, facts.colors < 256 else { return (name, facts) }
    let richer = cn_describe_type(name + "-256color", descriptor)
    return richer.knowledge == cn_type_usable ? (name + "-256color", richer) : (name, facts)
  }

  /// Chooses the type that TERM names, or else the fallback.
  static func choose(
    named name: String?, hasManyColors: Bool = false, descriptor: Int32
  ) throws(TerminalError) -> TerminalType {
    if let name {
      let (driven, facts) = lookUp(name, hasManyColors: hasManyColors, descriptor: descriptor)
      switch facts.knowledge {
      case cn_type_usable: return TerminalType(name: driven)
      case cn_type_incapable: throw .incapableType(name: name)
      default: break
      }
    }
    guard cn_describe_type(fallbackName, descriptor).knowledge == cn_type_usable else { throw .unknownType(name: name) }
    let reason = name.map { "TERM \"\($0)\" is not known on this system" } ?? "TERM is not set"
    return TerminalType(name: fallbackName, note: "\(reason); \(fallbackName) is used instead.")
  }
}
