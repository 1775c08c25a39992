import Glibc

/// The variables of this process.
enum ProcessEnvironment {
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// What a variable holds; an empty one counts as unset, as shells make it easy to leave one behind.
func variable(_ name: String, in environment: (String) -> String?) -> String? {
  environment(name).flatMap { $0.isEmpty ? nil : $0 }
}
