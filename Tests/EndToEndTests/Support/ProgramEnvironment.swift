import FoundationEssentials

/// The whole environment of a program under test. Nothing is inherited, so neither a person's credentials nor their
/// configuration can reach it.
enum ProgramEnvironment {
  /// - Parameter changes: values to set over the usual ones; nil takes a name away.
  static func make(home: TemporaryDirectory, changes: [String: String?] = [:]) -> [String: String] {
    var values = [
      "HOME": home.path,
      "LC_ALL": "C.UTF-8",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "TERM": "tmux-256color",
      "TZ": "UTC",
      "XDG_CACHE_HOME": home.path(of: "cache"),
      "XDG_CONFIG_HOME": home.path(of: "config"),
      "XDG_STATE_HOME": home.path(of: "state"),
    ]
    for (name, value) in changes { values[name] = value }
    return values
  }
}
