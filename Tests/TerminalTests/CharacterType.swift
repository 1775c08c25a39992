import Glibc

/// The character type of the process, by which texts are measured.
enum CharacterType {
  /// Sets a UTF-8 one, once, as opening a terminal does.
  static func set() {
    _ = once
  }

  private static let once: Void = {
    precondition(setlocale(LC_CTYPE, "C.UTF-8") != nil, "the system has no C.UTF-8")
  }()
}
