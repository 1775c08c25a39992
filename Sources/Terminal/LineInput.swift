/// What comes from standard input in place of keys.
public enum LineInput: Sendable, Hashable {
  /// One line without its end. It has no control characters.
  case text(String)
  /// A line that is nothing to work with, for this reason: nothing of it may be done.
  case unusable(Reason)
  /// Nothing more will come.
  case end

  public enum Reason: Sendable, Hashable {
    case notUTF8
    case hasControls
    case tooLong
  }

  /// The bytes of a line longer than that are dropped, as many as terminals hold of one.
  public static let longestLine = 4_096

  /// Reads the bytes of one line, without its end.
  public init(line bytes: some Collection<UInt8>) {
    guard bytes.count <= Self.longestLine else {
      self = .unusable(.tooLong)
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      self = .unusable(.notUTF8)
      return
    }
    // What arrow keys and the like send in a terminal that only knows lines is among them.
    let hasControls = text.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }
    self = hasControls ? .unusable(.hasControls) : .text(text)
  }
}
