import Cloudflare
import Sandbox

/// Where to work and as whom, from the environment that Cloudflare's own SDKs and Terraform read too.
struct SignIn {
  var endpoint: Endpoint
  var credentials: Credentials

  /// The sandbox's own key.
  init(sandbox: SandboxServer) throws(Problem) {
    do {
      endpoint = try Endpoint(sandbox.baseURL)
    } catch {
      throw Problem(text: "\(error)")
    }
    credentials = .key(email: SandboxCredentials.email, key: Secret(SandboxCredentials.key))
  }

  /// - Throws: ``Problem``, whose text says what is missing or wrong and what to do; it never repeats a secret.
  init(baseURL: String?, environment: (String) -> String?) throws(Problem) {
    credentials = try Self.credentials(environment)
    if let problem = credentials.shapeProblem { throw Problem(text: problem) }
    let variable = "CLOUDFLARE_BASE_URL"
    guard let text = baseURL ?? Self.value(variable, environment) else {
      endpoint = .production
      return
    }
    do {
      endpoint = try Endpoint(text)
    } catch {
      throw Problem(text: "\(baseURL == nil ? variable : "--base-url"): \(error)")
    }
  }

  /// What a variable holds; an empty one counts as unset, as shells make it easy to leave one behind.
  private static func value(_ name: String, _ environment: (String) -> String?) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func credentials(_ environment: (String) -> String?) throws(Problem) -> Credentials {
    let token = value("CLOUDFLARE_API_TOKEN", environment)
    let email = value("CLOUDFLARE_EMAIL", environment)
    let key = value("CLOUDFLARE_API_KEY", environment)
    switch (token, email, key) {
    case (let token?, nil, nil), (let token?, .some, nil): return .token(Secret(token))
    case (nil, let email?, let key?): return .key(email: email, key: Secret(key))
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
      throw Problem(
        text: """
          No credentials. Set CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, or CLOUDFLARE_API_TOKEN, in the environment. \
          To look around without any: tenantry --sandbox
          """)
    }
  }

  /// Who that is, as far as it can be said without the secret.
  var identity: String {
    switch credentials {
    case .key(let email, _): email
    case .token: "API token"
    }
  }
}
