/// What a person does with the mouse, as far as it means anything here.
public struct MouseEvent: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The left button goes down.
    case press
    case wheelUp, wheelDown
  }

  public var kind: Kind
  /// The cell under the pointer.
  public var position: Position

  public init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }
}
