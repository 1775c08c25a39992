import Cloudflare
import Sandbox

/// Where to work and as whom: from a profile, or from the environment that Cloudflare's own SDKs and Terraform read too.
///
/// E-mail, secret and endpoint belong together. They are taken whole from one place, never some from a profile and some
/// from the environment: that would be how one tenant's key gets to work on another's accounts.
struct SignIn {
  var endpoint: Sourced<Endpoint>
  var credentials: Sourced<Credentials>

  /// The sandbox's own key.
  init(sandbox: SandboxServer) throws(Problem) {
    do {
      endpoint = Sourced(try Endpoint(sandbox.baseURL), .argument("--sandbox"))
    } catch {
      throw Problem(text: "\(error)")
    }
    credentials = Sourced(
      .key(email: SandboxCredentials.email, key: Secret(SandboxCredentials.key)), .argument("--sandbox"))
  }

  /// - Parameters:
  ///   - baseURL: what the arguments say.
  ///   - tell: gets what is waited for, when a secret's command takes long.
  /// - Throws: ``Problem``, whose text says what is missing or wrong and what to do; it never repeats a secret.
  init(
    baseURL: String?, profile: ProfileChoice?, environment: (String) -> String?, tell: (String) -> Void = { _ in }
  ) throws(Problem) {
    // A command for a secret runs only when nothing else can be wrong any more.
    let origin = try CredentialOrigin.choose(profile, environment)
    endpoint = try Self.endpoint(baseURL: baseURL, origin, profile, environment)
    credentials = try origin.credentials(environment, profile, tell: tell)
  }

  /// The environment's variable for the endpoint.
  static let endpointVariable = "CLOUDFLARE_BASE_URL"

  /// - Throws: ``Problem`` when the endpoint cannot be used, or when there are two.
  static func endpoint(
    baseURL: String?, _ origin: CredentialOrigin, _ profile: ProfileChoice?, _ environment: (String) -> String?
  ) throws(Problem) -> Sourced<Endpoint> {
    if let baseURL { return try read(baseURL, .argument("--base-url")) }
    let placed = profile.flatMap { choice in
      choice.profile.baseURL.map { Sourced($0.value, choice.source(of: $0)) }
    }
    if case .profile = origin { return placed ?? Sourced(.production, .standard) }
    guard let text = variable(endpointVariable, in: environment) else {
      return placed ?? Sourced(.production, .standard)
    }
    let own = try read(text, .environment([endpointVariable]))
    if let placed, placed.value != own.value {
      throw Problem(
        text: """
          \(own.source) says \(own.value), and \(placed.source) says \(placed.value). The credentials of the environment \
          could be for either: unset \(endpointVariable), or name the endpoint by --base-url.
          """)
    }
    return own
  }

  private static func read(_ text: String, _ source: SettingSource) throws(Problem) -> Sourced<Endpoint> {
    do {
      return Sourced(try Endpoint(text), source)
    } catch {
      throw Problem(text: "\(source): \(error)")
    }
  }

  /// Who that is, as far as it can be said without the secret.
  var identity: String {
    switch credentials.value {
    case .key(let email, _): email
    case .token: "API token"
    }
  }
}
