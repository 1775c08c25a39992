import Glibc

/// What the user's environment says about the terminal.
struct TerminalEnvironment: Sendable, Hashable {
  /// `TERM`; `nil` when unset or empty.
  var type: String?
  /// Whether `NO_COLOR` is set to anything (no-color.org).
  var refusesColor = false
  /// Whether `COLORTERM` tells of more colours than `TERM` may know of.
  var hasManyColors = false
  /// `ESCDELAY`, the milliseconds that may pass within the bytes of one key.
  var escapeDelay: Int?
  /// The locale for characters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set, as POSIX orders them.
  var locale: String?

  /// The environment of this process.
  static var current: TerminalEnvironment {
    TerminalEnvironment(
      type: variable("TERM"),
      refusesColor: variable("NO_COLOR") != nil,
      hasManyColors: ["truecolor", "24bit"].contains(variable("COLORTERM")),
      escapeDelay: variable("ESCDELAY").flatMap(Int.init).flatMap { $0 >= 0 ? $0 : nil },
      locale: variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG")
    )
  }

  /// Whether the terminal is meant to show UTF-8.
  ///
  /// Judged by the name, not by the C library: a locale that came over ssh and is not installed here is a UTF-8 one all
  /// the same, as far as the terminal goes.
  var isUnicode: Bool {
    guard let locale else { return false }
    // language_TERRITORY.codeset@modifier; some systems send the code set alone.
    let name = locale.prefix { $0 != "@" }
    let codeset = name[(name.lastIndex(of: ".").map(name.index(after:)) ?? name.startIndex)...].lowercased()
    return codeset == "utf-8" || codeset == "utf8"
  }

  /// Sets the character type of the process, by which ncurses encodes and both ncurses and `SafeText` measure.
  ///
  /// Always a UTF-8 one: where the terminal shows none, frames hold only ASCII by the time that ncurses gets them, and
  /// texts have to be measured and keys to be understood nevertheless.
  ///
  /// - Returns: whether there is one.
  func setCharacterType() -> Bool {
    let names = [isUnicode ? locale : nil, "C.UTF-8", "en_US.UTF-8"].compactMap(\.self)
    return names.contains { name in setlocale(LC_CTYPE, name) != nil && isUnicodeCharacterType }
  }

  private var isUnicodeCharacterType: Bool {
    nl_langinfo(nl_item(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
