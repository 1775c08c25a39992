/// Who waits for an answer, so that what a person does by hand never waits behind what loads by itself.
public enum RequestPriority: Sendable, Hashable {
  /// A person waits.
  case interactive
  /// Nobody does: loading ahead, loading the rest.
  case background
}
