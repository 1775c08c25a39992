import Terminal

@testable import Console

/// Lines in memory, in place of a terminal.
@MainActor
final class ScriptedLines: LineDevice {
  let isInteractive: Bool
  let isUnicode: Bool
  /// What has come and was not taken.
  var waiting: [LineInput] = []
  /// All that was written.
  private(set) var text = ""
  private(set) var suspensions = 0
  private(set) var hasStopped = false
  private var read = 0

  init(isInteractive: Bool = false, isUnicode: Bool = true) {
    self.isInteractive = isInteractive
    self.isUnicode = isUnicode
  }

  func nextLine() -> LineInput? { waiting.isEmpty ? nil : waiting.removeFirst() }

  func discardTypedAhead() -> Int {
    defer { waiting.removeAll { $0 != .end } }
    return waiting.count { $0 != .end }
  }

  func write(_ text: String) { self.text += text }
  func suspend() { suspensions += 1 }
  func stop() { hasStopped = true }

  /// What was written since this was last asked.
  func news() -> String {
    defer { read = text.utf8.count }
    return String(decoding: text.utf8.dropFirst(read), as: UTF8.self)
  }
}
