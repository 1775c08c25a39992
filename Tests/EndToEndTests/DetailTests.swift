import Testing

@Suite("Details")
struct DetailTests {
  private static let first = "11111111111111111111111111111111"
  private static let second = "22222222222222222222222222222222"

  private static func account(_ id: String, _ name: String) -> String {
    #"{"id":"\#(id)","name":"\#(name)","type":"standard"}"#
  }

  private static func zones(_ numbers: Range<Int>) -> [String] {
    numbers.map { #"{"id":"z\#($0)","name":"zone\#($0).example","status":"active","plan":{"name":"Pro Website"}}"# }
  }

  /// A server with two accounts; the first one has 70 zones, and its members are forbidden.
  @Sendable private static func answer(_ asked: ScriptedServer.Asked) -> ScriptedServer.Answer {
    let path = String(asked.path.dropFirst("/client/v4".count))
    if path.hasPrefix("/accounts?") { return .list([account(first, "Harbor"), account(second, "Pine")]) }
    if path.hasPrefix("/zones?account.id=\(first)&") {
      if path.contains("per_page=5&") || path.hasSuffix("per_page=5") { return .page(zones(0..<5), number: 1, of: 70) }
      return path.contains("page=2&")
        ? .page(zones(50..<70), number: 2, of: 70) : .page(zones(0..<50), number: 1, of: 70)
    }
    if path.hasPrefix("/zones?") { return .list([]) }
    if path.hasPrefix("/accounts/\(first)/members") {
      return .refusal(403, code: 10000, message: "Authentication error")
    }
    if path.contains("/members") { return .list([#"{"id":"m1","status":"pending","email":"cy@partner.example"}"#]) }
    if path.hasSuffix("/subscriptions") {
      let price = #""price":200,"currency":"USD","frequency":"monthly""#
      return .list([#"{"id":"s1","rate_plan":{"public_name":"Enterprise"},"state":"Paid",\#(price)}"#])
    }
    if path.hasSuffix("/logpush/jobs") { return .list([]) }
    if path.hasSuffix("/gateway") { return .result(#"{"gateway_tag":"g","provider_name":"Cloudflare"}"#) }
    if path.hasSuffix("/access/organizations") { return .result("null") }
    return .result(account(path.hasSuffix(first) ? first : second, path.hasSuffix(first) ? "Harbor" : "Pine"))
  }

  @Test("what the account under the cursor holds comes when the cursor rests, and a forbidden part leaves the others")
  func rests() async throws {
    try await ScriptedServer.with(.answering(Self.answer)) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let screen = try await console.terminal.wait(for: "What it holds, read at")
        #expect(screen.contains("Zones       70  zone0.example, zone1.example"))
        #expect(screen.contains("Members     could not check (403 Authentication"))
        #expect(screen.contains("Plans        1  Enterprise (paid)"))
        #expect(screen.contains("Gateway     set up, Cloudflare"))
        #expect(!screen.contains("Logpush") && !screen.contains("Access"))
        try await console.terminal.send("Down")
        try await console.terminal.wait(for: "Members      1  1 pending")
        let asked = server.requests.count
        // Both are known by now, so that going between them asks for nothing.
        try await console.terminal.send("Up")
        try await console.terminal.wait(for: "70  zone0.example")
        try await console.terminal.send("Down")
        try await console.terminal.wait(for: "Members      1  1 pending")
        #expect(server.requests.count == asked)
      }
    }
  }

  @Test("opened, the lists are there with states and prices, as far as one page goes, and L brings the rest")
  func opens() async throws {
    try await ScriptedServer.with(.answering(Self.answer)) { server in
      try await ConsoleSession.with(environment: server.environment, width: 80, height: 24) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 2)
        #expect(!server.requests.contains { $0.path.contains("/zones") })
        try await terminal.send("Enter")
        try await terminal.wait(for: "70  first 50 shown, L loads the rest")
        try await terminal.wait(for: "zone0.example   active  Pro Website")
        try await terminal.send("L")
        try await terminal.wait(until: "all zones have come") {
          $0.contains("Zones       70") && !$0.contains("the rest")
        }
        try await terminal.send("G")
        let end = try await terminal.wait(for: "Access      none")
        #expect(end.contains("zone69.example  active  Pro Website"))
        #expect(end.contains("Members     could not check (403 Authentication error)"))
        #expect(end.contains("Enterprise  paid  200 USD monthly"))
        #expect(end.contains("Check what the credentials may do"))
        #expect(server.requests.filter { $0.path.contains("/zones") }.count == 2)
      }
    }
  }

  @Test("J shows the account as the server sends it, with what this program knows nothing of, and Esc goes back")
  func raw() async throws {
    try await ConsoleSession.onSandbox { console, server in
      let terminal = console.terminal
      let account = try await server.account(at: 3)
      try await terminal.send("Down", times: 2)
      try await console.wait(forDetailOf: account)
      try await terminal.send("J")
      let screen = try await terminal.wait(for: #""id": "\#(account.id)","#)
      #expect(screen.contains("GET /accounts/\(account.id) · 200"))
      #expect(screen.contains(#""legacy_flags": {"#))
      try await terminal.send("G")
      try await terminal.wait(for: #""success": true"#)
      try await terminal.send("Escape")
      try await terminal.wait(for: "CREATED")
      try await console.wait(forRow: 3, of: 1204)
    }
  }

  @Test("a cursor that keeps moving asks for nothing")
  func moves() async throws {
    try await SandboxProcess.with(accounts: 1204) { sandbox in
      let relay = Relay(sandbox: sandbox)
      try await ScriptedServer.with(.answering(relay.answer)) { server in
        try await ConsoleSession.with(environment: server.environment) { console in
          try await console.wait(forRow: 1, of: 1204)
          try await console.terminal.send("Down", times: 100)
          try await console.wait(forRow: 101, of: 1204)
          try await console.terminal.wait(for: "What it holds, read at")
          // The first account, if the cursor rested on it before the keys came, and the last.
          let asked = server.requests.filter { $0.path.contains("/zones") }
          #expect((1...2).contains(asked.count))
        }
      }
    }
  }
}
