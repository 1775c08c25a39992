import Terminal

/// What plain mode asks of whatever it talks through.
@MainActor
public protocol LineDevice: AnyObject {
  /// Whether a person sees what is typed as it is typed.
  var isInteractive: Bool { get }
  /// Whether more than ASCII can be written.
  var isUnicode: Bool { get }
  /// The next line that has come; `nil` while none has.
  func nextLine() -> LineInput?
  /// Drops the lines that have come and were not taken.
  ///
  /// - Returns: how many.
  func discardTypedAhead() -> Int
  func write(_ text: String)
  /// Stops the program, as Ctrl-Z does anywhere.
  func suspend()
  /// Nothing more is taken or written.
  func stop()
}
