/// Where the journal of writes is kept.
enum JournalLocation {
  /// `tenantry/journal.jsonl` in `XDG_STATE_HOME`, or in `.local/state` of the home directory, as the XDG base directory
  /// specification has it: a relative path counts as none.
  ///
  /// - Returns: `nil` when there is no such place.
  static func path(_ environment: (String) -> String?) -> String? {
    func directory(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let state = directory("XDG_STATE_HOME") ?? directory("HOME").map { $0 + "/.local/state" }
    return state.map { $0 + "/tenantry/journal.jsonl" }
  }
}
