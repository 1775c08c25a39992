/// Who waits for an answer, so that what a person does by hand never waits behind what loads by itself.
public enum RequestPriority: Sendable, Hashable {
  /// A person asks for it once more, by hand: it is sent at once, even while the budget holds everything else back.
  case byHand
  /// A person waits.
  case interactive
  /// Nobody does: loading ahead, loading the rest.
  case background
}
