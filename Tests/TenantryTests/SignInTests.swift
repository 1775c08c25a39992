import Cloudflare
import FoundationEssentials
import Testing

@testable import tenantry

@Suite("Where to work and as whom")
struct SignInTests {
  static let key = "5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"
  static let otherKey = "0000000000000000000000000000000000000"
  static let token = "sandbox-user-token-000000000000000000000"
  static let ambient = ["CLOUDFLARE_EMAIL": "ambient@b.example", "CLOUDFLARE_API_KEY": otherKey]

  static let file = """
    profiles:
      acme:
        base_url: https://acme.example/v4
        email: admin@acme.example
        api_key: \(key)
      plain:
        api_token: \(token)
      careful:
        base_url: https://careful.example/v4
        read_only: true
    """

  /// Signs in as the program does.
  private func signIn(
    _ environment: [String: String] = [:], wish: ProfileChoice.Wish = .none, standard: String? = nil,
    baseURL: String? = nil
  ) throws -> SignIn {
    let text = (standard.map { "profile: \($0)\n" } ?? "\n") + Self.file
    let file = try ConfigurationDirectory.read(text).get()
    let choice = try ProfileChoice.choose(wish, in: file) { environment[$0] }
    return try SignIn(baseURL: baseURL, profile: choice) { environment[$0] }
  }

  private func problem(_ body: () throws -> SignIn) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? Problem)?.text ?? "\(error)"
    }
  }

  private let acme = Credentials.key(email: "admin@acme.example", key: Secret(key))
  private let ambientKey = Credentials.key(email: "ambient@b.example", key: Secret(otherKey))

  @Test("without a profile the environment signs in, at Cloudflare itself")
  func environment() throws {
    let signIn = try signIn(Self.ambient)
    #expect(signIn.credentials == Sourced(ambientKey, .environment(["CLOUDFLARE_EMAIL", "CLOUDFLARE_API_KEY"])))
    #expect(signIn.endpoint == Sourced(.production, .standard))
  }

  @Test("a profile that is named is taken whole, whatever the environment has", arguments: [true, false])
  func explicit(byArgument: Bool) throws {
    var environment = Self.ambient
    environment["CLOUDFLARE_BASE_URL"] = "https://elsewhere.example"
    if !byArgument { environment["TENANTRY_PROFILE"] = "acme" }
    let signIn = try signIn(environment, wish: byArgument ? .named("acme") : .none)
    #expect(signIn.credentials.value == acme)
    #expect(signIn.endpoint.value == (try Endpoint("https://acme.example/v4")))
  }

  @Test("a profile without an endpoint is at Cloudflare itself, not at the environment's")
  func endpointOfProfile() throws {
    let signIn = try signIn(["CLOUDFLARE_BASE_URL": "https://elsewhere.example"], wish: .named("plain"))
    #expect(signIn.endpoint == Sourced(.production, .standard))
    #expect(signIn.credentials.value == .token(Secret(Self.token)))
  }

  @Test("--profile goes before TENANTRY_PROFILE, which goes before the file; an empty variable is none")
  func order() throws {
    #expect(
      try signIn(["TENANTRY_PROFILE": "acme"], wish: .named("plain"), standard: "acme").credentials.value
        == .token(Secret(Self.token)))
    #expect(try signIn(["TENANTRY_PROFILE": "acme"], standard: "plain").credentials.value == acme)
    #expect(try signIn(["TENANTRY_PROFILE": ""], standard: "acme").credentials.value == acme)
  }

  @Test(
    "between the file's own choice and the environment nobody has decided",
    arguments: [
      ambient, ["CLOUDFLARE_API_TOKEN": token], ["CLOUDFLARE_BASE_URL": "http://127.0.0.1:8787/client/v4"],
    ])
  func undecided(environment: [String: String]) throws {
    let text = try #require(problem { try signIn(environment, standard: "acme") })
    #expect(text.contains("--profile acme, or --no-profile"))
    #expect(!text.contains(Self.key) && !text.contains(Self.otherKey) && !text.contains(Self.token))
    // An address alone signs nobody in.
    #expect(try signIn(["CLOUDFLARE_EMAIL": "ambient@b.example"], standard: "acme").credentials.value == acme)
  }

  @Test("--no-profile takes the environment, and no profile of the file")
  func without() throws {
    let environment = Self.ambient.merging(["TENANTRY_PROFILE": "acme"]) { $1 }
    #expect(try signIn(environment, wish: .without, standard: "acme").credentials.value == ambientKey)
  }

  @Test("a profile that signs nobody in leaves that to the environment, and keeps its endpoint")
  func careful() throws {
    let one = try signIn(Self.ambient, wish: .named("careful"))
    #expect(one.credentials.value == ambientKey)
    #expect(one.endpoint.value == (try Endpoint("https://careful.example/v4")))
    let same = Self.ambient.merging(["CLOUDFLARE_BASE_URL": "https://careful.example/v4/"]) { $1 }
    #expect(try signIn(same, wish: .named("careful")).endpoint.value == one.endpoint.value)
    let other = Self.ambient.merging(["CLOUDFLARE_BASE_URL": "https://elsewhere.example"]) { $1 }
    let text = try #require(problem { try signIn(other, wish: .named("careful")) })
    #expect(text.contains("CLOUDFLARE_BASE_URL says https://elsewhere.example"))
    #expect(
      try signIn(other, wish: .named("careful"), baseURL: "https://third.example").endpoint.value.host
        == "third.example")
    let none = try #require(problem { try signIn(wish: .named("careful")) })
    #expect(none.hasPrefix(#"The profile "careful" has no credentials, and the environment none either."#))
  }

  @Test("--base-url goes before everything")
  func baseURL() throws {
    let signIn = try signIn(["CLOUDFLARE_BASE_URL": "nonsense"], wish: .named("acme"), baseURL: "https://third.example")
    #expect(signIn.endpoint.source == .argument("--base-url"))
    #expect(signIn.endpoint.value.host == "third.example")
    #expect(problem { try self.signIn(Self.ambient, baseURL: "third") }?.hasPrefix("--base-url: ") == true)
    #expect(
      problem { try self.signIn(Self.ambient.merging(["CLOUDFLARE_BASE_URL": "third"]) { $1 }) }?
        .hasPrefix("CLOUDFLARE_BASE_URL: ") == true)
  }

  @Test("a profile that there is not is told, with those that there are")
  func unknownProfile() throws {
    let text = try #require(problem { try signIn(wish: .named("acm\u{1B}")) })
    #expect(text.contains(#"--profile asks for the profile "acm␛""#))
    #expect(text.hasSuffix("has only acme, plain, careful."))
    let error = #expect(throws: Problem.self) {
      try ProfileChoice.choose(.named("acme"), in: nil) { $0 == "HOME" ? "/home/a" : nil }
    }
    #expect(error?.text.contains("write one to /home/a/.config/tenantry/config.yaml") == true)
  }
}
