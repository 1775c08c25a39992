import Cloudflare

/// The one place that credentials are taken from.
enum CredentialOrigin: Equatable {
  case environment
  /// With the line of the secret, or of the command for it.
  case profile(ProfileCredentials, SettingSource)

  /// The variables of the environment that sign in.
  private static let secretVariables = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY"]

  /// A profile that was named for this run goes before the environment, which may be another project's. Between the
  /// file's own choice and the environment nobody has decided, so neither is taken.
  ///
  /// - Throws: ``Problem`` when it has to be said which of both is meant.
  static func choose(_ choice: ProfileChoice?, _ environment: (String) -> String?) throws(Problem) -> Self {
    guard let choice, let credentials = choice.profile.credentials else { return .environment }
    let others = ignored(by: choice, environment)
    guard choice.isExplicit || others.isEmpty else {
      let name = choice.profile.name
      throw Problem(
        text: """
          The environment has \(others.joined(separator: " and ")), and the profile "\(name)", which \(choice.source) \
          chooses, signs in by itself: they may be different people's, or different endpoints. Name the one that you \
          mean: --profile \(name), or --no-profile for the environment.
          """)
    }
    return .profile(credentials, .file(path: choice.path, line: credentials.line))
  }

  /// What the environment has, and a profile with credentials of its own passes over.
  static func ignored(by choice: ProfileChoice, _ environment: (String) -> String?) -> [String] {
    guard choice.profile.credentials != nil else { return [] }
    return (secretVariables + [SignIn.endpointVariable]).filter { variable($0, in: environment) != nil }
  }

  /// - Throws: ``Problem``, whose text says what is missing or wrong; it never repeats a secret.
  func credentials(
    _ environment: (String) -> String?, _ choice: ProfileChoice?, tell: (String) -> Void
  ) throws(Problem) -> Sourced<Credentials> {
    let credentials: Sourced<Credentials>
    switch self {
    case .environment: credentials = try Self.credentials(environment, choice)
    case .profile(let own, let source):
      let text: String
      switch own.secret {
      case .text(let secret): text = secret.reveal()
      case .command(let command):
        text = try SecretCommand(command: command, name: "\(own.setting) (\(source))").run(tell: tell)
      }
      credentials = Sourced(own.credentials(with: Secret(text)), source)
    }
    if let problem = credentials.value.shapeProblem { throw Problem(text: "\(credentials.source): \(problem)") }
    return credentials
  }

  private static func credentials(
    _ environment: (String) -> String?, _ choice: ProfileChoice?
  ) throws(Problem) -> Sourced<Credentials> {
    let token = variable("CLOUDFLARE_API_TOKEN", in: environment)
    let email = variable("CLOUDFLARE_EMAIL", in: environment)
    let key = variable("CLOUDFLARE_API_KEY", in: environment)
    switch (token, email, key) {
    case (let token?, nil, nil), (let token?, .some, nil):
      return Sourced(.token(Secret(token)), .environment(["CLOUDFLARE_API_TOKEN"]))
    case (nil, let email?, let key?):
      return Sourced(.key(email: email, key: Secret(key)), .environment(["CLOUDFLARE_EMAIL", "CLOUDFLARE_API_KEY"]))
    case (nil, .some, nil):
      throw Problem(
        text: "CLOUDFLARE_EMAIL is set, and CLOUDFLARE_API_KEY is not: the two belong together. Set the key too.")
    case (_, nil, .some):
      throw Problem(
        text:
          "CLOUDFLARE_API_KEY is set, and CLOUDFLARE_EMAIL is not: the two belong together. Set the e-mail address too."
      )
    case (.some, .some, .some):
      throw Problem(
        text:
          "Both CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_KEY are set, and they may be different people. Unset one of them."
      )
    case (nil, nil, nil):
      let place = choice.map {
        "The profile \"\($0.profile.name)\" has no credentials, and the environment none either"
      }
      throw Problem(
        text: """
          \(place ?? "No credentials"). Set CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, or CLOUDFLARE_API_TOKEN, in the \
          environment, or name a profile of the configuration file by --profile. To look around without any: tenantry \
          --sandbox
          """)
    }
  }
}
