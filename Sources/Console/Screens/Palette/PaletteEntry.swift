/// One thing that can be done.
struct PaletteEntry: Equatable {
  var command: Command
  var title: String
  var keys: String
  /// The characters of title, blank and name that were looked for, by their places.
  var marks: Set<Int> = []
}

extension Command {
  /// Moving about needs no palette, so it comes behind what does.
  var placeInPalette: Int {
    switch self {
    case .moveUp, .moveDown, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .moveToStart, .moveToEnd: 1
    default: 0
    }
  }
}
