import Terminal

/// A request to change the keys of a command, by names.
public struct Rebinding: Sendable, Equatable {
  var command: String
  var keys: [String]

  public init(command: String, keys: [String]) {
    self.command = command
    self.keys = keys
  }
}

/// A problem with one rebinding.
public struct RebindingProblem: Sendable, Equatable {
  /// The index of the rebinding.
  public var wish: Int
  /// The problem in words.
  public var text: String
}

/// All problems with the rebindings.
public struct RebindingError: Error, Sendable, Equatable {
  public var problems: [RebindingProblem]
}

extension KeyMap {
  /// The map with other keys for some commands. The new keys of a command replace all its old ones.
  ///
  /// Contexts that take text and the delay before a deletion keep their keys, and so do Esc and Ctrl-C everywhere.
  ///
  /// - Throws: all problems: unknown names, a key with two commands in one context, and keys that would make a deletion
  ///   too easy to begin.
  public func rebound(by rebindings: [Rebinding]) throws(RebindingError) -> KeyMap {
    var problems: [RebindingProblem] = []
    var keys: [Command: (keys: [Key], place: Int)] = [:]
    for (place, rebinding) in rebindings.enumerated() {
      func add(_ text: String) { problems.append(RebindingProblem(wish: place, text: text)) }
      guard let command = Command(rawValue: rebinding.command) else {
        add("there is no command \(rebinding.command); the command palette lists all of them")
        continue
      }
      guard command.canBeRebound else {
        add("\(command.rawValue) keeps its keys: forms and dialogs are the same for everybody")
        continue
      }
      var wanted: [Key] = []
      for name in rebinding.keys {
        guard let key = Key(name: name) else {
          add("\(name) is no key; there are single characters, ctrl-f, alt-x, F5, space, enter, pgup and such")
          continue
        }
        if key == .escape || key == .control("c") {
          add("\(key.label) always leads out, and can be given to nothing else")
        } else if command == .deleteAccount, key.neverDeletes {
          add("\(key.label) never opens the deletion review: it is pressed for something else too easily")
        } else if !wanted.contains(key) {
          wanted.append(key)
        }
      }
      if keys[command] != nil {
        add("\(command.rawValue) has been given its keys above already")
      } else {
        keys[command] = (wanted, place)
      }
    }
    let rebound = KeyMap(bindings.flatMap { rebind($0, keys.mapValues(\.keys)) })
    problems += rebound.conflicts(of: keys.mapValues(\.place))
    guard problems.isEmpty else { throw RebindingError(problems: problems) }
    return rebound
  }

  /// The contexts in which commands may have other keys.
  private static let rebindable: InputContexts = [
    .list, .detail, .activity, .activityDetail, .raw, .help, .receipt, .unknownOutcome, .button, .choice, .toggle,
    .review, .busy, .tooSmall,
  ]

  private func rebind(_ binding: Binding, _ keys: [Command: [Key]]) -> [Binding] {
    var changed = binding
    changed.contexts = binding.contexts.intersection(Self.rebindable)
    var kept = binding
    kept.contexts = binding.contexts.subtracting(Self.rebindable)
    if binding.command == .explainDeletion {
      // A rebound key no longer explains the deletion.
      let taken = keys.values.joined()
      changed.keys.removeAll { taken.contains($0) }
    } else if let wanted = keys[binding.command] {
      changed.keys = wanted + binding.keys.filter { $0 == .escape || $0 == .control("c") }
      if let key = changed.keys.first { changed.hint?.keys = key.label } else { changed.hint = nil }
    } else {
      return [binding]
    }
    return kept.contexts.isEmpty ? [changed] : [changed, kept]
  }

  private func conflicts(of places: [Command: Int]) -> [RebindingProblem] {
    var problems: [RebindingProblem] = []
    for context in InputContext.allCases {
      var owners: [Key: Command] = [:]
      for binding in bindings(in: context) {
        for key in binding.keys {
          guard let owner = owners[key], owner != binding.command else {
            owners[key] = binding.command
            continue
          }
          let both = [owner, binding.command].sorted { (places[$0] ?? -1) < (places[$1] ?? -1) }
          let text =
            "\(key.label) would be both \(both[0].rawValue) and \(both[1].rawValue) in \(context.title)"
          guard let place = places[both[1]], !problems.contains(where: { $0.wish == place }) else { continue }
          problems.append(RebindingProblem(wish: place, text: text))
        }
      }
    }
    return problems
  }
}

extension Command {
  /// Whether the command can have other keys.
  var canBeRebound: Bool {
    switch self {
    case .nextField, .previousField, .accept, .toggle, .nextChoice, .previousChoice, .cancel, .interrupt,
      .explainDeletion:
      false
    default: true
    }
  }
}

extension Key {
  /// Whether the key is easily pressed by mistake, deletes in other programs, or goes on in the deletion dialog.
  fileprivate var neverDeletes: Bool {
    switch self {
    case .character("d"), .character("x"), .character(" "), .control("d"), .control("k"), .other: true
    case .character, .function, .control, .alt: false
    default: true
    }
  }
}
