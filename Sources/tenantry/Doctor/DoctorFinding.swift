/// One line of what the doctor has to say.
struct DoctorFinding: Sendable, Equatable {
  enum Grade: Sendable, Equatable {
    /// As it should be.
    case fine
    /// Worth knowing; nothing to mend.
    case note
    /// Something does not work.
    case problem
  }

  var grade: Grade
  /// What is looked at, in a word or two.
  var subject: String
  var text: String
  /// What mends it.
  var remedy: String?

  init(_ grade: Grade, _ subject: String, _ text: String, remedy: String? = nil) {
    self.grade = grade
    self.subject = subject
    self.text = text
    self.remedy = remedy
  }

  var isProblem: Bool { grade == .problem }

  /// The finding as it is printed: plain ASCII around texts that are safe for a terminal.
  var lines: [String] {
    let mark =
      switch grade {
      case .fine: "ok"
      case .note: "--"
      case .problem: "!!"
      }
    let label = subject + String(repeating: " ", count: max(0, 13 - subject.count))
    var lines = ["  \(mark)  \(label) \(VisibleText(text).text)"]
    if let remedy { lines.append("      -> \(VisibleText(remedy).text)") }
    return lines
  }
}
