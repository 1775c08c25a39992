/// One line of the help.
struct HelpEntry: Equatable {
  var keys: String
  var title: String
  /// The command's name, which the search matches too.
  var name: String

  /// Columns of the keys.
  static let keyColumns = 22
}
