import Cloudflare
import FoundationEssentials
import Glibc
import Testing

@testable import tenantry

@Suite("What the doctor says")
struct DoctorTests {
  private let key = Credentials.key(email: "a@b.example", key: Secret("5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"))
  private let token = Credentials.token(Secret("sandbox-user-token-000000000000000000000"))
  private let well = ScriptedIdentity(
    person: .success(User(id: "u", email: "a@b.example", hasTwoFactor: false)),
    userToken: .success(TokenVerification(id: "t", status: "active")),
    administered: .success([Tenant(id: "x", name: "Northshore")]), types: .success([.standard, .enterprise]),
    page: .success(AccountPage(accounts: [], info: ResultInfo(page: 1, perPage: 5, count: 0, totalCount: 1204))))

  private func examine(_ service: ScriptedIdentity, _ credentials: Credentials) async -> DoctorIdentity {
    var identity = DoctorIdentity()
    await identity.ask(service, credentials)
    return identity
  }

  // MARK: Identity

  @Test("a key and a token that may do everything")
  func allowed() async {
    let rest: [DoctorFinding] = [
      DoctorFinding(.fine, "person", "a@b.example, two-factor off"),
      DoctorFinding(.fine, "accounts", "1,204 can be listed"),
      DoctorFinding(.fine, "tenant", "Northshore, may create standard and enterprise accounts"),
    ]
    let ofKey = await examine(well, key)
    #expect(ofKey.findings == rest)
    #expect(!ofKey.isRefused && !ofKey.isUnanswered)
    let ofToken = await examine(well, token)
    #expect(ofToken.findings == [DoctorFinding(.fine, "token", "belongs to a person, active, ID t")] + rest)
    #expect(!ofToken.isRefused && !ofToken.isUnanswered)
  }

  @Test("an expired token and a suspended person are refusals, although the server answers")
  func expired() async {
    var service = well
    service.userToken = .success(
      TokenVerification(id: "t", status: "expired", expiresOn: Date(timeIntervalSince1970: 1_600_000_000)))
    service.person = .success(User(id: "u", isSuspended: true))
    let identity = await examine(service, token)
    #expect(identity.isRefused)
    #expect(
      identity.findings.filter { $0.grade == .problem }.map(\.text) == [
        "belongs to a person, expired, until 2020-09-13, ID t", "no e-mail address, suspended",
      ])
    #expect(identity.findings.allSatisfy { $0.grade != .problem || $0.remedy != nil })
  }

  @Test("a token that may not read its user is well; a key that may not is not")
  func silentUser() async {
    var service = well
    service.person = .failure(ScriptedIdentity.refusal)
    let ofToken = await examine(service, token)
    #expect(!ofToken.isRefused)
    #expect(ofToken.findings.contains(DoctorFinding(.note, "person", "not told: the token may not read its user")))
    let ofKey = await examine(service, key)
    #expect(ofKey.isRefused)
  }

  @Test("no answer is not a refusal, and too many requests are no answer")
  func unanswered() async {
    var service = well
    for failure in [
      CloudflareError(.edge, status: 502), CloudflareError(.timedOut), CloudflareError(.refused, status: 429),
    ] {
      service.page = .failure(failure)
      let identity = await examine(service, key)
      #expect(identity.isUnanswered && !identity.isRefused)
      #expect(identity.findings.contains { $0.grade == .problem && $0.subject == "accounts" })
    }
  }

  @Test("whoever administers no tenant may look, and is told that creating would be refused")
  func noTenant() async {
    var service = well
    service.administered = .success([])
    let identity = await examine(service, key)
    #expect(!identity.isRefused)
    #expect(identity.findings.last?.grade == .note)
    #expect(identity.findings.last?.text == "none is administered: creating accounts would be refused (403, 1002)")
  }

  @Test("what the server says cannot act on a terminal")
  func hostile() async {
    var service = well
    service.person = .success(User(id: "u", email: "\u{1B}]0;x\u{7}\u{202E}@b.example"))
    let lines = await examine(service, key).findings.flatMap(\.lines)
    #expect(lines.first == "  ok  person        ␛]0;x␇⇄@b.example")
  }

  // MARK: Status

  @Test("whatever is a problem is told by the status, and what has to be mended first goes first")
  func status() async {
    let (well, wrong) = (DoctorFinding(.note, "x", "x"), DoctorFinding(.problem, "x", "x"))
    var service = self.well
    let identified = await examine(service, key)
    service.page = .failure(ScriptedIdentity.refusal)
    let refused = await examine(service, key)
    service.page = .failure(CloudflareError(.timedOut))
    let unanswered = await examine(service, key)
    func status(
      _ basis: DoctorFinding, _ terminal: DoctorFinding, isReachable: Bool, _ identity: DoctorIdentity
    ) -> Int32? {
      DoctorCommand.status(of: [well, basis], [well, terminal], isReachable: isReachable, identity)?.rawValue
    }
    #expect(status(well, well, isReachable: true, identified) == nil)
    #expect(status(well, wrong, isReachable: true, identified) == 66)
    #expect(status(well, wrong, isReachable: true, refused) == 77)
    #expect(status(well, wrong, isReachable: true, unanswered) == 69)
    #expect(status(well, well, isReachable: false, identified) == 69)
    #expect(status(wrong, wrong, isReachable: false, refused) == 78)
  }

  // MARK: Connection

  @Test(
    "a clock is well within five seconds, and else told with its direction",
    arguments: [
      (5.4, "agrees with the server's"), (-5.4, "agrees with the server's"), (5.6, "6 s behind the server's"),
      (-5.6, "6 s ahead of the server's"), (92.1, "92 s behind the server's"),
      (-3600, "3600 s ahead of the server's"), (nil, "the server does not tell its time"),
    ] as [(Double?, String)])
  func clock(skew: Double?, text: String) {
    var connection = DoctorConnection()
    connection.add(
      ConnectionCheck.Report(duration: .milliseconds(12), status: 400, clockSkew: skew),
      now: Date(timeIntervalSince1970: 0))
    let clock = connection.findings.last { $0.subject == "clock" }
    #expect(clock?.text == text)
    #expect((clock?.remedy != nil) == text.contains(" s "))
    #expect(connection.findings.first == DoctorFinding(.fine, "endpoint", "answers after 12 ms"))
  }

  @Test("a certificate that ends within three days is pointed out")
  func certificate() {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    for (days, grade) in [(4.0, DoctorFinding.Grade.fine), (2, .note)] {
      var connection = DoctorConnection()
      let encryption = ConnectionCheck.Encryption(
        version: "TLS 1.3", issuer: "Google Trust Services, WE1", expiresOn: now + days * 86_400)
      connection.add(
        ConnectionCheck.Report(duration: .zero, status: 400, encryption: encryption), now: now)
      let finding = connection.findings.first { $0.subject == "TLS" }
      #expect(finding?.grade == grade)
      #expect(finding?.text.hasPrefix("TLS 1.3, certificate of Google Trust Services, WE1 until 2027-01-") == true)
    }
  }

  // MARK: Settings

  private func setup(_ text: String, _ variables: [String: String] = [:]) throws -> [String] {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    try directory.write(text)
    // The file is looked for in a directory of this program's name.
    #expect(symlink(".", directory.path + "/tenantry") == 0)
    let environment = variables.merging(["XDG_CONFIG_HOME": directory.path]) { $1 }
    let setup = DoctorSetup(wish: .none, baseURL: nil, environment: { environment[$0] }, tell: { _ in })
    return setup.findings.flatMap(\.lines).map { $0.replacing(directory.path + "/tenantry/", with: "") }
  }

  @Test("every setting of the file is told with its line")
  func settings() throws {
    let lines = try setup(
      """
      theme: mono
      ascii: true
      cache: false
      mouse: true
      keys:
        open: l
        quit: Q
      """, ["CLOUDFLARE_API_TOKEN": "sandbox-user-token-000000000000000000000"])
    for line in [
      "theme         mono (config.yaml:1)", "ascii         yes (config.yaml:2)", "cache         no (config.yaml:3)",
      "mouse         yes (config.yaml:4)", "keys          2 commands (config.yaml:6)",
    ] { #expect(lines.contains("  --  " + line), "\(lines)") }
  }

  @Test("proxy and authorities are those of the environment, and what is wrong with them is a problem")
  func way() throws {
    let token = ["CLOUDFLARE_API_TOKEN": "sandbox-user-token-000000000000000000000"]
    let proxied = try setup("", token.merging(["HTTPS_PROXY": "http://proxy.example:3128"]) { $1 })
    #expect(proxied.contains { $0.hasPrefix("  --  proxy") && $0.hasSuffix("(HTTPS_PROXY)") }, "\(proxied)")
    let unreadable = try setup("", token.merging(["SSL_CERT_FILE": "/nowhere.pem"]) { $1 })
    #expect(unreadable.contains { $0.hasPrefix("  !!  connection") && $0.contains("/nowhere.pem") }, "\(unreadable)")
  }

  // MARK: Files

  private func files(_ state: String?) -> DoctorFinding? {
    DoctorFiles { $0 == "XDG_STATE_HOME" ? state : nil }.findings.first
  }

  @Test("a journal that can be written is well; one that cannot is told with its remedy")
  func journal() throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    let path = directory.path + "/tenantry/journal.jsonl"
    #expect(files(directory.path) == DoctorFinding(.fine, "journal", "none yet; the first write makes \(path)"))
    #expect(files(nil)?.grade == .problem)
    let long = files("/" + String(repeating: "x", count: 300))
    #expect(long?.text.contains("cannot be looked at: ") == true && long?.remedy != nil)
    #expect(
      files("/dev/null")?.text == "/dev/null/tenantry/journal.jsonl cannot be made: /dev/null cannot be written to")
    try FileManager.default.createDirectory(atPath: directory.path + "/tenantry", withIntermediateDirectories: false)
    try "line\n".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(chmod(path, 0o600) == 0)
    #expect(files(directory.path) == DoctorFinding(.fine, "journal", "\(path), 5 bytes, mode 600"))
    #expect(chmod(path, 0o644) == 0)
    #expect(files(directory.path)?.grade == .note)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(files(directory.path)?.grade == .problem)
  }
}
