/// An entry of the palette.
struct PaletteEntry: Equatable {
  var command: Command
  var title: String
  var keys: String
  /// The places of the matching characters in the title, a blank and the name.
  var marks: Set<Int> = []
}
