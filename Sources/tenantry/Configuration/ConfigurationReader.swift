import Cloudflare
import Configuration
import Console
import Terminal

/// Makes a configuration of a YAML document, and finds everything in it that cannot be used.
struct ConfigurationReader {
  typealias Placed = ConfigurationFile.Placed

  private(set) var problems: [ConfigurationProblem]
  private var file: ConfigurationFile
  /// The first line with a secret in it.
  private(set) var secretLine: Int?

  private init(path: String, problems: [ConfigurationProblem]) {
    file = ConfigurationFile(path: path)
    self.problems = problems
  }

  /// - Returns: the configuration, and the first line that has a secret itself instead of a command for it.
  /// - Throws: everything that is wrong.
  static func read(
    _ bytes: [UInt8], path: String
  ) throws(ConfigurationError) -> (file: ConfigurationFile, secretLine: Int?) {
    var problems: [ConfigurationProblem] = []
    let root = YAMLNode.document(in: bytes, problems: &problems)
    var reader = ConfigurationReader(path: path, problems: problems)
    if let root, !root.isNull { reader.readRoot(root) }
    guard reader.problems.isEmpty else { throw ConfigurationError(path: path, problems: reader.problems) }
    return (reader.file, reader.secretLine)
  }

  // MARK: Settings

  private static let rootSettings = ["profile", "profiles", "mouse", "theme", "ascii", "cache", "keys"]

  private mutating func readRoot(_ root: YAMLNode) {
    let settings = ConfigReader(provider: YAMLProvider(root: root))
    for entry in entries(of: root, called: "the configuration") {
      switch entry.key {
      case "profile": file.profile = text(of: entry, in: settings)
      case "profiles":
        let profiles = settings.scoped(to: ConfigKey([entry.key]))
        for profile in entries(of: entry.value, called: "profiles") { readProfile(profile, in: profiles) }
      case "mouse": file.mouse = flag(of: entry, in: settings)
      case "theme": file.theme = theme(of: entry, in: settings)
      case "ascii": file.ascii = flag(of: entry, in: settings)
      case "cache": file.cache = flag(of: entry, in: settings)
      case "keys":
        let keys = settings.scoped(to: ConfigKey([entry.key]))
        for binding in entries(of: entry.value, called: "keys") { readBinding(binding, in: keys) }
      default: addUnknown(entry, Self.rootSettings)
      }
    }
    readKeyMap()
    if let name = file.profile, !file.profiles.contains(where: { $0.name == name.value }) {
      add("profile names \(VisibleText.quoted(name.value)), and profiles has none of that name", at: name.line)
    }
  }

  private mutating func readKeyMap() {
    guard !file.keys.isEmpty else { return }
    let wishes = file.keys.map { Rebinding(command: $0.command, keys: $0.keys) }
    do throws(RebindingError) {
      file.keyMap = try KeyMap.builtIn.rebound(by: wishes)
    } catch {
      for problem in error.problems { add(problem.text, at: file.keys[problem.wish].line) }
    }
  }

  private mutating func readBinding(_ entry: YAMLEntry, in settings: ConfigReader) {
    guard VisibleText.isShort(entry.key) else {
      return add("there is no command \(VisibleText.quoted(entry.key))", at: entry.line)
    }
    // One key may stand alone.
    let keys: Placed<[String]>?
    if case .scalar = entry.value.content {
      keys = text(of: entry, in: settings).map { Placed(value: [$0.value], line: $0.line) }
    } else {
      keys = list(of: entry, in: settings)
    }
    if let long = keys?.value.first(where: { !VisibleText.isShort($0) }) {
      add("\(VisibleText.quoted(long)) is no key", at: entry.line)
    } else if let keys {
      file.keys.append(ConfigurationFile.KeyBinding(command: entry.key, keys: keys.value, line: keys.line))
    }
  }

  private static let profileSettings = [
    "base_url", "email", "api_key", "api_key_command", "api_token", "api_token_command", "read_only", "protected",
    "colour", "per_page",
  ]

  private mutating func readProfile(_ entry: YAMLEntry, in profiles: ConfigReader) {
    guard Profile.isName(entry.key) else {
      let rule = "a profile's name has 1 to 32 letters, digits, dots, dashes and underscores, and begins with no dash"
      return add("\(VisibleText.quoted(entry.key)) cannot be a profile: \(rule)", at: entry.line)
    }
    var profile = Profile(name: entry.key, line: entry.line)
    var signIn = SignInSettings()
    let settings = profiles.scoped(to: ConfigKey([entry.key]))
    for setting in entries(of: entry.value, called: "the profile") {
      switch setting.key {
      case "base_url": profile.baseURL = endpoint(of: setting, in: settings)
      case "email": signIn.email = text(of: setting, in: settings)
      case "api_key", "api_key_command", "api_token", "api_token_command":
        let isSecret = !setting.key.hasSuffix("_command")
        guard let value = text(of: setting, in: settings, isSecret: isSecret) else { continue }
        if isSecret { secretLine = secretLine ?? setting.line }
        signIn.secrets.append((setting.key, value))
      case "read_only": profile.isReadOnly = flag(of: setting, in: settings)
      case "protected": profile.protected = list(of: setting, in: settings)
      case "colour", "color":
        if profile.color != nil { add("colour and color are the same setting; keep one of them", at: setting.line) }
        profile.color = color(of: setting, in: settings)
      case "per_page": profile.perPage = number(of: setting, in: settings, ListQuery.perPageBounds)
      default: addUnknown(setting, Self.profileSettings)
      }
    }
    profile.credentials = credentials(of: signIn)
    file.profiles.append(profile)
  }

  /// What a profile says of who signs in, before it is put together.
  private struct SignInSettings {
    var email: Placed<String>?
    var secrets: [(setting: String, value: Placed<String>)] = []
  }

  private mutating func credentials(of settings: SignInSettings) -> ProfileCredentials? {
    guard let (setting, value) = settings.secrets.first else {
      if let email = settings.email {
        add("email needs api_key or api_key_command beside it: the two belong together", at: email.line)
      }
      return nil
    }
    for (other, place) in settings.secrets.dropFirst() {
      add("\(other) and \(setting) may be different people's; keep one of them", at: place.line)
    }
    let isCommand = setting.hasSuffix("_command")
    let secret: ProfileCredentials.SecretSource =
      isCommand ? .command(value.value) : .text(Secret(value.value))
    var kind = ProfileCredentials.Kind.token
    if let email = settings.email, !setting.hasPrefix("api_key") {
      add("email has no use beside \(setting); leave it out", at: email.line)
    }
    if setting.hasPrefix("api_key") {
      guard let email = settings.email else {
        add("\(setting) needs email beside it: the two belong together", at: value.line)
        return nil
      }
      kind = .key(email: email.value)
      // With a key of good shape, what is wrong is the address.
      let sample = Credentials.key(email: email.value, key: Secret(String(repeating: "0", count: 37)))
      if let problem = sample.shapeProblem { add(problem, at: email.line) }
    }
    let credentials = ProfileCredentials(kind: kind, secret: secret, setting: setting, line: value.line)
    if case .text(let secret) = credentials.secret {
      var judged = credentials.credentials(with: secret)
      if case .key(_, let key) = judged { judged = .key(email: "a@b", key: key) }
      if let problem = judged.shapeProblem { add(problem, at: value.line) }
    }
    return credentials
  }

  // MARK: Values

  private mutating func entries(of node: YAMLNode, called name: String) -> [YAMLEntry] {
    switch node.content {
    case .mapping(let entries): return entries
    case .unusable: return []
    case .scalar where node.isNull: return []
    case .scalar, .sequence:
      add("\(name) must be settings with their values, as in name: value", at: node.line)
      return []
    }
  }

  /// - Returns: `nil` when there is no value that fits. What is wrong with it has been told then.
  private mutating func value<Value>(of entry: YAMLEntry, _ read: (ConfigKey) throws -> Value) -> Placed<Value>? {
    if case .unusable = entry.value.content { return nil }
    do {
      return Placed(value: try read(ConfigKey([entry.key])), line: entry.line)
    } catch let error as UnfitValue {
      for problem in error.problems { add(problem.text, at: problem.line ?? entry.line) }
    } catch {
      add("\(entry.key) cannot be read", at: entry.line)
    }
    return nil
  }

  private mutating func text(
    of entry: YAMLEntry, in settings: ConfigReader, isSecret: Bool = false
  ) -> Placed<String>? {
    value(of: entry) { try settings.requiredString(forKey: $0, isSecret: isSecret) }
  }

  private mutating func flag(of entry: YAMLEntry, in settings: ConfigReader) -> Placed<Bool>? {
    value(of: entry) { try settings.requiredBool(forKey: $0) }
  }

  private mutating func number(
    of entry: YAMLEntry, in settings: ConfigReader, _ bounds: ClosedRange<Int>
  ) -> Placed<Int>? {
    value(of: entry) { key in
      let number = try? settings.requiredInt(forKey: key)
      guard let number, bounds.contains(number) else {
        let text = "\(entry.key) must be a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        throw UnfitValue(problems: [ConfigurationProblem(line: entry.line, text: text)])
      }
      return number
    }
  }

  private mutating func list(of entry: YAMLEntry, in settings: ConfigReader) -> Placed<[String]>? {
    value(of: entry) { try settings.requiredStringArray(forKey: $0) }
  }

  private mutating func endpoint(of entry: YAMLEntry, in settings: ConfigReader) -> Placed<Endpoint>? {
    guard let text = text(of: entry, in: settings) else { return nil }
    do {
      return Placed(value: try Endpoint(text.value), line: text.line)
    } catch {
      add("\(error)", at: text.line)
      return nil
    }
  }

  private mutating func theme(of entry: YAMLEntry, in settings: ConfigReader) -> Placed<ColorScheme>? {
    guard let text = text(of: entry, in: settings) else { return nil }
    if let theme = ColorScheme(rawValue: text.value) { return Placed(value: theme, line: text.line) }
    add("\(entry.key) must be \(ColorScheme.allCases.map(\.rawValue).joined(separator: ", "))", at: text.line)
    return nil
  }

  private static let colors: [(name: String, color: PaletteColor)] = [
    ("red", .red), ("green", .green), ("yellow", .yellow), ("blue", .blue), ("magenta", .magenta), ("cyan", .cyan),
  ]

  private mutating func color(of entry: YAMLEntry, in settings: ConfigReader) -> Placed<PaletteColor>? {
    guard let text = text(of: entry, in: settings) else { return nil }
    let named = Self.colors.first { $0.name == text.value }?.color
    if let color = named ?? UInt8(text.value).map(PaletteColor.init(index:)) {
      return Placed(value: color, line: text.line)
    }
    let names = Self.colors.map(\.name).joined(separator: ", ")
    add("\(entry.key) must be \(names), or a number of the terminal's palette from 0 to 255", at: text.line)
    return nil
  }

  // MARK: Problems

  private mutating func add(_ text: String, at line: Int) {
    problems.append(ConfigurationProblem(line: line, text: VisibleText(text).text))
  }

  private mutating func addUnknown(_ entry: YAMLEntry, _ known: [String]) {
    let near = known.min { distance($0, entry.key) < distance($1, entry.key) }
      .flatMap { distance($0, entry.key) <= 2 ? $0 : nil }
    let hint = near.map { "did you mean \($0)?" } ?? "there are " + known.joined(separator: ", ")
    add("\(VisibleText.quoted(entry.key)) is not known here; \(hint)", at: entry.line)
  }

  /// How many letters have to be changed, added or taken away to make one text of the other.
  private func distance(_ one: String, _ other: String) -> Int {
    let letters = Array(other.utf8.prefix(64))
    var row = Array(0...letters.count)
    for (index, letter) in one.utf8.prefix(64).enumerated() {
      var corner = row[0]
      row[0] = index + 1
      for column in letters.indices {
        let changed = corner + (letter == letters[column] ? 0 : 1)
        corner = row[column + 1]
        row[column + 1] = min(changed, row[column] + 1, corner + 1)
      }
    }
    return row[letters.count]
  }
}
