import Cloudflare
import Console
import Terminal

/// What a person has written into `config.yaml`.
struct ConfigurationFile: Sendable, Equatable {
  /// A value with the line that it is written on.
  struct Placed<Value: Sendable & Equatable>: Sendable, Equatable {
    var value: Value
    /// From 1.
    var line: Int
  }

  /// The keys that a command gets, as they are written.
  struct KeyBinding: Sendable, Equatable {
    var command: String
    var keys: [String]
    var line: Int
  }

  var path: String
  /// The profile to use when none is named.
  var profile: Placed<String>?
  var mouse: Placed<Bool>?
  var theme: Placed<ColorScheme>?
  /// Whether to draw with ASCII only.
  var ascii: Placed<Bool>?
  /// Whether the last known list is kept.
  var cache: Placed<Bool>?
  var keys: [KeyBinding] = []
  /// The keys that follow from them.
  var keyMap = KeyMap.builtIn
  var profiles: [Profile] = []

  init(path: String) {
    self.path = path
  }

  func source<Value>(of placed: Placed<Value>) -> SettingSource { .file(path: path, line: placed.line) }
}

/// A tenant to work on, by a name of its own: where, as whom, and how carefully.
struct Profile: Sendable, Equatable {
  typealias Placed = ConfigurationFile.Placed

  var name: String
  var line: Int
  var baseURL: Placed<Endpoint>?
  var credentials: ProfileCredentials?
  var isReadOnly: Placed<Bool>?
  var protected: Placed<[String]>?
  var color: Placed<PaletteColor>?
  var perPage: Placed<Int>?

  /// Short, and nothing that would have to be quoted or could be taken for an option.
  static func isName(_ text: String) -> Bool {
    let isFit = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.".utf8.contains(byte)
    }
    return isFit && (1...32).contains(text.utf8.count) && text.first != "-"
  }
}

/// How a profile signs in. Always whole: never a part from somewhere else.
struct ProfileCredentials: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case token
    /// A Global API Key with its person's e-mail address.
    case key(email: String)
  }

  enum SecretSource: Sendable, Equatable {
    case text(Secret)
    /// A command that prints the secret.
    case command(String)
  }

  var kind: Kind
  var secret: SecretSource
  /// The name of the setting that has the secret: `api_token_command`.
  var setting: String
  var line: Int

  func credentials(with secret: Secret) -> Credentials {
    switch kind {
    case .token: .token(secret)
    case .key(let email): .key(email: email, key: secret)
    }
  }
}
