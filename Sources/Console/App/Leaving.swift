extension State {
  /// What is said before leaving cuts a write off from its answer.
  static let leavingWarning = Notice(
    .warning, "A write is on its way: the same key again leaves",
    nextStep: "what becomes of it is looked up at the next start only")

  /// What is said before leaving cuts an outcome off from the journal, which takes milliseconds on a disk that is well.
  static let recordingWarning = Notice(
    .warning, "What became of a write is being kept: the same key again leaves",
    nextStep: "it is looked up at the next start only")

  /// What leaving would cut off now; `nil` for nothing.
  var leavingWarning: Notice? {
    if activity.isSending { return Self.leavingWarning }
    return activity.isRecording ? Self.recordingWarning : nil
  }

  /// Ends the program. While a write is on its way or being kept, the first press only says so; the second one ends it
  /// as long as that is still on screen.
  mutating func leave() -> [Effect] {
    guard let warning = leavingWarning, notice != warning else { return [.terminal(.quit)] }
    notice = warning
    return []
  }
}
