import Terminal

/// The list of everything that can be done in a place, to choose from by name.
struct PaletteState: Sendable, Equatable {
  /// Where it was asked for: only what is bound there can be chosen.
  let context: InputContext
  /// What is looked for.
  var field = TextField()
  /// The chosen one of the entries that are left.
  var cursor = ListCursor()

  init(context: InputContext) {
    self.context = context
  }
}

/// One thing that can be done.
struct PaletteEntry: Equatable {
  var command: Command
  var title: String
  var keys: String
  /// The characters of title, blank and name that were looked for, by their places.
  var marks: Set<Int> = []
}

extension State {
  /// What can be chosen: what fits best first, and what deletes always behind everything else.
  func paletteEntries(of palette: PaletteState) -> [PaletteEntry] {
    let bindings = keyMap.entries(in: palette.context, includingWrites: session.writing != .readOnly)
      .filter { $0.command != .palette && $0.command != .interrupt }
      // A button is pressed where it can be seen: from a list, a word too few would send something.
      .filter { dialog == nil || $0.command != .accept }
    let entries = bindings.map {
      PaletteEntry(
        command: $0.command, title: $0.title ?? "", keys: $0.keys.map(\.label).joined(separator: " "))
    }
    let query = FuzzyQuery(palette.field.text)
    let filter = TextFilter(entries.map { "\($0.title) \($0.command.rawValue)" })
    var fitting = filter.matches(query)
    // Letters that only follow each other somewhere are taken for what is meant when nothing else is.
    if fitting.contains(where: { $0.rank < .scattered }) { fitting.removeAll { $0.rank == .scattered } }
    let matches = fitting.map { match in
      var entry = entries[match.place]
      if !query.isEmpty { entry.marks = Set(filter.marks(query, in: match.place)) }
      return (place: (match.rank, entry.command.placeInPalette, match.place), entry: entry)
    }
    let sorted = matches.sorted { $0.place < $1.place }.map(\.entry)
    return sorted.filter { $0.command != .deleteAccount } + sorted.filter { $0.command == .deleteAccount }
  }
}

extension Command {
  /// Moving about needs no palette, so it comes behind what does.
  fileprivate var placeInPalette: Int {
    switch self {
    case .moveUp, .moveDown, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .moveToStart, .moveToEnd: 1
    default: 0
    }
  }
}
