/// Where the last known lists are kept.
enum CacheLocation {
  /// `tenantry` in `XDG_CACHE_HOME`, or in `.cache` of the home directory, as the XDG base directory specification has
  /// it: a relative path counts as none.
  ///
  /// - Returns: `nil` when there is no such place.
  static func directory(_ environment: (String) -> String?) -> String? {
    func directory(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let cache = directory("XDG_CACHE_HOME") ?? directory("HOME").map { $0 + "/.cache" }
    return cache.map { $0 + "/tenantry" }
  }
}
