import Terminal

/// The input and output of plain mode.
@MainActor
public protocol LineDevice: AnyObject {
  /// Whether the device echoes what is typed.
  var isInteractive: Bool { get }
  /// Whether the output can show more than ASCII.
  var isUnicode: Bool { get }
  /// The next line; `nil` while there is none.
  func nextLine() -> LineInput?
  /// Drops pending lines.
  ///
  /// - Returns: the number of dropped lines.
  func discardTypedAhead() -> Int
  func write(_ text: String)
  /// Stops the program like Ctrl-Z.
  func suspend()
  /// Ends input and output.
  func stop()
}
