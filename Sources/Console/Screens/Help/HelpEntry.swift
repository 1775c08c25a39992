/// One line of the help.
struct HelpEntry: Equatable {
  var keys: String
  var title: String
  /// The command's name, which can be looked for as well.
  var name: String

  /// Columns that keys have, before what they do.
  static let keyColumns = 22
}
