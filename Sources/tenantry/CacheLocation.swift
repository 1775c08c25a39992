/// Where the last known lists are kept: in `XDG_CACHE_HOME`, or in `.cache` of the home directory.
enum CacheLocation {
  /// - Returns: `nil` when there is no such place.
  static func directory(_ environment: (String) -> String?) -> String? {
    BaseDirectory.path("XDG_CACHE_HOME", usual: ".cache", environment)
  }
}
