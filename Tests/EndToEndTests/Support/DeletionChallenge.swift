/// What the challenge of a deletion asks for, as a person reads it.
struct DeletionChallenge: Sendable {
  let identifier: String
  let name: String
  /// What has to be typed.
  let expected: String

  init(_ screen: Screen) throws {
    guard let id = screen.text.firstMatch(of: #/\n +ID +([0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8})/#),
      let name = screen.text.firstMatch(of: #/\n +Name +([^\n]*[^ \n])/#)
    else { throw HarnessFailure("there is no challenge of a deletion:\n\(screen)") }
    identifier = id.1.filter { $0 != " " }
    self.name = String(name.1)
    expected = screen.contains("last 8 characters of the ID") ? String(identifier.suffix(8)) : self.name
  }
}
