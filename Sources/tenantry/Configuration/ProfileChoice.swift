/// The profile that is worked with, and who chose it.
struct ProfileChoice: Sendable, Equatable {
  /// What the arguments say.
  enum Wish: Sendable, Equatable {
    /// Nothing: `TENANTRY_PROFILE` decides, and after it the configuration file.
    case none
    /// `--profile`
    case named(String)
    /// `--no-profile`
    case without
  }

  static let variable = "TENANTRY_PROFILE"

  var profile: Profile
  var source: SettingSource
  var path: String

  /// Whether a person has named it for this very run. The file's own choice is easily forgotten.
  var isExplicit: Bool {
    if case .file = source { return false }
    return true
  }

  /// - Returns: `nil` when no profile is to be used.
  /// - Throws: ``Problem`` when the profile that is named does not exist.
  static func choose(
    _ wish: Wish, in file: ConfigurationFile?, _ environment: (String) -> String?
  ) throws(Problem) -> ProfileChoice? {
    let name: String
    let source: SettingSource
    switch wish {
    case .without: return nil
    case .named(let wanted): (name, source) = (wanted, .argument("--profile"))
    case .none:
      if let wanted = environment(variable), !wanted.isEmpty {
        (name, source) = (wanted, .environment([variable]))
      } else if let file, let placed = file.profile {
        (name, source) = (placed.value, file.source(of: placed))
      } else {
        return nil
      }
    }
    guard let file else {
      let path = ConfigurationFile.path(environment).map { VisibleText($0).text }
      let place = path.map { "there is no configuration file: write one to \($0)" } ?? "HOME is not set"
      throw Problem(text: "\(source) asks for the profile \(VisibleText.quoted(name)), and \(place).")
    }
    guard let profile = file.profiles.first(where: { $0.name == name }) else {
      throw Problem(
        text: "\(source) asks for the profile \(VisibleText.quoted(name)), and \(VisibleText(file.path).text) has "
          + (file.profiles.isEmpty ? "none." : "only \(file.profiles.map(\.name).joined(separator: ", "))."))
    }
    return ProfileChoice(profile: profile, source: source, path: file.path)
  }

  func source<Value>(of placed: Profile.Placed<Value>) -> SettingSource { .file(path: path, line: placed.line) }
}
