/// Where the journal of writes is kept: in `XDG_STATE_HOME`, or in `.local/state` of the home directory.
enum JournalLocation {
  /// - Returns: `nil` when there is no such place.
  static func path(_ environment: (String) -> String?) -> String? {
    BaseDirectory.path("XDG_STATE_HOME", usual: ".local/state", environment).map { $0 + "/journal.jsonl" }
  }
}
