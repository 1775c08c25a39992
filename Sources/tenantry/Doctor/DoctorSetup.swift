import Cloudflare

/// Where each setting comes from, as the console would find them, and what is wrong with them.
struct DoctorSetup: Sendable {
  private(set) var findings: [DoctorFinding] = []
  private(set) var endpoint: Endpoint?
  private(set) var credentials: Credentials?
  /// How the endpoint would be reached; `nil` when it could not be.
  private(set) var options: ClientOptions?

  /// - Parameter tell: gets what is waited for, when a secret's command takes long.
  init(
    wish: ProfileChoice.Wish, baseURL: String?, environment: (String) -> String?, tell: (String) -> Void
  ) {
    let file: ConfigurationFile?
    do throws(ConfigurationError) {
      file = try readFile(environment)
    } catch {
      for line in error.lines { add(.problem, "file", line) }
      addUnknown("the file has to be mended first")
      return
    }
    let choice: ProfileChoice?
    do throws(Problem) {
      choice = try ProfileChoice.choose(wish, in: file, environment)
    } catch {
      add(.problem, "profile", error.text)
      addUnknown("the profile has to be there first")
      return
    }
    addProfile(choice, environment)
    signIn(baseURL, choice, environment, tell)
    addCare(choice)
    addLooks(file)
    addWay(environment)
  }

  private mutating func readFile(
    _ environment: (String) -> String?
  ) throws(ConfigurationError) -> ConfigurationFile? {
    guard let path = ConfigurationFile.path(environment) else {
      add(.note, "file", "none, since HOME is not set")
      return nil
    }
    guard let file = try ConfigurationFile.read(path) else {
      add(.note, "file", "none at \(path); none is needed")
      return nil
    }
    let names = file.profiles.map(\.name).joined(separator: ", ")
    add(.fine, "file", names.isEmpty ? "\(path), without profiles" : "\(path), with the profiles \(names)")
    return file
  }

  private mutating func addProfile(_ choice: ProfileChoice?, _ environment: (String) -> String?) {
    guard let choice else { return add(.note, "profile", "none") }
    add(.fine, "profile", "\(choice.profile.name) (\(choice.source))")
    let ignored = CredentialOrigin.ignored(by: choice, environment)
    if choice.isExplicit, !ignored.isEmpty {
      add(
        .note, "profile", "signs in by itself, so \(ignored.joined(separator: ", ")) of the environment is passed over")
    }
  }

  private mutating func signIn(
    _ baseURL: String?, _ choice: ProfileChoice?, _ environment: (String) -> String?, _ tell: (String) -> Void
  ) {
    let origin: CredentialOrigin
    do throws(Problem) {
      origin = try CredentialOrigin.choose(choice, environment)
    } catch {
      return add(.problem, "credentials", error.text)
    }
    do throws(Problem) {
      let endpoint = try SignIn.endpoint(baseURL: baseURL, origin, choice, environment)
      self.endpoint = endpoint.value
      let kind = endpoint.value == .production ? "Cloudflare" : "not Cloudflare's own"
      add(.fine, "endpoint", "\(endpoint.value), \(kind) (\(endpoint.source))")
    } catch {
      add(.problem, "endpoint", error.text)
    }
    do throws(Problem) {
      let credentials = try origin.credentials(environment, choice, tell: tell)
      self.credentials = credentials.value
      switch credentials.value {
      case .key(let email, _): add(.fine, "credentials", "Global API Key of \(email) (\(credentials.source))")
      case .token: add(.fine, "credentials", "API token (\(credentials.source))")
      }
    } catch {
      add(.problem, "credentials", error.text)
    }
  }

  /// How carefully the profile wants it.
  private mutating func addCare(_ choice: ProfileChoice?) {
    func source<Value>(_ placed: Profile.Placed<Value>?) -> String {
      guard let choice, let placed else { return "\(SettingSource.standard)" }
      return "\(choice.source(of: placed))"
    }
    let profile = choice?.profile
    add(.note, "read-only", "\(profile?.isReadOnly?.value == true ? "yes" : "no") (\(source(profile?.isReadOnly)))")
    let count = profile?.protected?.value.count ?? 0
    let patterns = count == 0 ? "nothing" : count == 1 ? "1 pattern" : "\(count) patterns"
    add(.note, "protected", "\(patterns) (\(source(profile?.protected)))")
    add(.note, "per page", "\(profile?.perPage?.value ?? 50) (\(source(profile?.perPage)))")
  }

  /// What the file says of the terminal and of what is kept, which arguments may say otherwise.
  private mutating func addLooks(_ file: ConfigurationFile?) {
    guard let file else { return }
    func word(_ flag: Bool) -> String { flag ? "yes" : "no" }
    if let theme = file.theme { add(.note, "theme", "\(theme.value.rawValue) (\(file.source(of: theme)))") }
    if let ascii = file.ascii { add(.note, "ascii", "\(word(ascii.value)) (\(file.source(of: ascii)))") }
    if let cache = file.cache { add(.note, "cache", "\(word(cache.value)) (\(file.source(of: cache)))") }
    if let first = file.keys.first {
      let count = file.keys.count
      let source = SettingSource.file(path: file.path, line: first.line)
      add(.note, "keys", "\(count == 1 ? "1 command" : "\(count) commands") (\(source))")
    }
    if let mouse = file.mouse { add(.note, "mouse", "\(word(mouse.value)) (\(file.source(of: mouse)))") }
  }

  /// Proxy and certificates.
  private mutating func addWay(_ environment: (String) -> String?) {
    guard let endpoint else { return }
    do throws(Problem) {
      var options = try Connection.options(for: endpoint, logPath: nil, environment)
      // The first answer is the one to tell of.
      options.tries = 1
      options.deadline = .seconds(15)
      self.options = options
      let variables = Connection.proxyVariables.filter { name in
        variable(name, in: environment)?.contains { !$0.isWhitespace } == true
      }.prefix(1)
      let proxy = options.proxy.map { "\($0) (\(variables.joined()))" }
      add(
        .note, "proxy",
        proxy ?? (variables.isEmpty ? "none" : "none for this endpoint, in spite of \(variables.joined())"))
      let roots = options.trustRoots.map { "\($0.count) of SSL_CERT_FILE, in place of the system's" }
      add(.note, "authorities", roots ?? "the system's")
    } catch {
      add(.problem, "connection", error.text)
    }
  }

  private mutating func addUnknown(_ reason: String) {
    add(.note, "the rest", "not looked at: \(reason)")
  }

  private mutating func add(_ grade: DoctorFinding.Grade, _ subject: String, _ text: String) {
    findings.append(DoctorFinding(grade, subject, text))
  }
}
