extension State {
  /// What is said before leaving cuts a write off from its answer.
  static let leavingWarning = Notice(
    .warning, "A write is on its way: left now, what becomes of it is looked up at the next start only",
    nextStep: "the same key again leaves all the same")

  /// Ends the program. While a write is on its way, the first press only says so; the second one ends it as long as that
  /// is still on screen.
  mutating func leave() -> [Effect] {
    guard activity.sending.isEmpty || notice == Self.leavingWarning else {
      notice = Self.leavingWarning
      return []
    }
    return [.terminal(.quit)]
  }
}
