/// What a field of a form is for.
struct FieldMeaning: Sendable, Equatable {
  let title: String
  let text: String

  init(_ title: String, _ text: String) {
    self.title = title
    self.text = text
  }
}

extension FieldMeaning {
  static let twoFactor = FieldMeaning(
    "Two-factor", "Whether every member needs two-factor authentication to get into the account.")
  static let leaving = FieldMeaning("Cancel", "Leaves, with nothing sent. What was typed is kept for the next time.")
}
