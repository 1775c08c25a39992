import FoundationEssentials
import Glibc
import Synchronization
import Testing

/// A server that does to writes what a bad network and a busy gateway do, and what a person then reads.
@Suite("What is told of a write whose answer cannot be trusted")
struct VerdictTests {
  /// Accounts that a scripted server has, each as its JSON.
  private final class World: Sendable {
    private let accounts: Mutex<[String]>

    init(_ accounts: [String] = []) {
      self.accounts = Mutex(accounts)
    }

    func add(_ account: String) { accounts.withLock { $0.append(account) } }

    /// What the accounts' endpoint answers to a `GET`.
    func answer(_ asked: ScriptedServer.Asked) -> ScriptedServer.Answer {
      let all = accounts.withLock { $0 }
      let path = asked.path.split(separator: "?")[0]
      guard path.hasSuffix("/accounts") else {
        let account = all.first { $0.contains(path.suffix(32)) }
        if path.contains("/accounts/"), path.split(separator: "/").count > 4 { return .list([]) }
        return path.contains("/accounts/")
          ? account.map { .result($0) } ?? .refusal(404, code: 7003, message: "Could not route") : .list([])
      }
      guard let query = asked.path.split(separator: "name=").dropFirst().first else { return .list(all) }
      let name = query.prefix { $0 != "&" }.replacing("%20", with: " ")
      return .list(all.filter { $0.contains(#""name":"\#(name)""#) })
    }
  }

  private static let colleagues = "c011ea90e0000000000000000000aaaa"
  private static let made = "0a11ade0000000000000000000000bbb"

  /// - Parameter age: seconds since it was created.
  private static func account(_ id: String, _ name: String, age: Double? = 0) -> String {
    let date = age.map { #","created_on":"\#(Date(timeIntervalSinceNow: -$0).formatted(.iso8601))""# } ?? ""
    return #"{"id":"\#(id)","name":"\#(name)","type":"standard","settings":{"enforce_twofactor":false}\#(date)}"#
  }

  /// Opens the form, types the name, and ticks two-factor.
  private func create(_ name: String, in console: ConsoleSession, requiringTwoFactor: Bool = false) async throws {
    try await console.fillCreate(name: name)
    if requiringTwoFactor {
      try await console.terminal.send("Tab", "Tab", "Tab")
      try await console.terminal.send("Space")
      try await console.terminal.wait(for: "[x] require it")
      try await console.terminal.send("BTab", "BTab", "BTab")
      try await console.terminal.wait(for: ">[ Create ]<")
    }
    try await console.terminal.send("Enter")
  }

  private func writes(_ server: ScriptedServer) -> [String] {
    server.requests.map(\.method).filter { $0 != "GET" }
  }

  @Test("a creation that is never answered and carried out late is found by itself, and made once")
  func late() async throws {
    let world = World()
    let ends = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        guard asked.method == "POST" else { return world.answer(asked) }
        while !ends.isSet { try await Task.sleep(for: .milliseconds(20)) }
        return .result(Self.account(Self.made, "Late"))
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "There are no accounts here")
        try await create("Late", in: console)
        let hasTimedOut = try await poll(within: .seconds(90)) {
          try await terminal.screen().contains("Not known whether it was created") ? true : nil
        }
        #expect(hasTimedOut == true)
        try await terminal.send("v")
        let form = try await terminal.wait(for: "Not found so far, looking again until ")
        #expect(form.contains("[ Look it up ]") && !form.contains("[ Create ]"))
        // Enter looks, and sends nothing.
        try await terminal.send("Enter")
        world.add(Self.account(Self.made, "Late"))
        try await terminal.wait(for: "Created Late")
        #expect(writes(server) == ["POST"])
      }
      ends.set()
    }
  }

  @Test("an account that a colleague made is a candidate only, and nothing is written to it")
  func colleague() async throws {
    let world = World()
    let isSent = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method == "POST" {
          isSent.set()
          return .init(status: 502, contentType: "text/html", body: "<html>502</html>")
        }
        if asked.path.contains("name="), !isSent.isSet {
          return .refusal(403, code: 10000, message: "Authentication error")
        }
        return world.answer(asked)
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "There are no accounts here")
        world.add(Self.account(Self.colleagues, "Harbor", age: 240))
        try await create("Harbor", in: console, requiringTwoFactor: true)
        try await terminal.wait(for: "Not known whether it was created")
        try await terminal.send("v")
        let form = try await terminal.wait(for: "or somebody else has made it")
        #expect(form.text.contains(Self.colleagues) && !form.contains("✓"))
        #expect(writes(server) == ["POST"])
        // A person who has looked decides, and then the requirement is offered, and not sent by itself.
        try await terminal.send("a")
        try await terminal.wait(for: "[ Require two-factor ]")
        #expect(writes(server) == ["POST"])
      }
    }
  }

  @Test(
    "an account is not told as deleted because of anybody's 404",
    arguments: [
      #"{"success":false,"errors":[{"code":7000,"message":"No route for that URI"}],"messages":[],"result":null}"#,
      #"{"message":"no Route matched with those values"}"#,
    ])
  func notGone(body: String) async throws {
    let account = Self.account(Self.colleagues, "Harbor", age: 1_000)
    let world = World([account])
    let isSent = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        if asked.method == "DELETE" {
          isSent.set()
          return .init(status: 502, contentType: "text/html", body: "<html>502</html>")
        }
        return isSent.isSet ? .init(status: 404, body: body) : world.answer(asked)
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await console.wait(forRow: 1, of: 1)
        let challenge = try await console.openDelete()
        try await console.confirmDelete(typing: DeletionChallenge(challenge).expected)
        try await terminal.wait(for: "Not known whether it was deleted")
        try await terminal.send("v")
        let receipt = try await terminal.wait(for: "It could not be looked up")
        #expect(receipt.contains("404") && !receipt.contains("✓ Deleted"))
        #expect(receipt.contains("Looking again until ") && !receipt.contains("Still there"))
        #expect(writes(server) == ["DELETE"])
      }
    }
  }

  @Test("a creation that is applied under a trimmed name and not answered is offered as a candidate")
  func trimmed() async throws {
    let world = World()
    try await ScriptedServer.with(
      .answering { asked in
        guard asked.method == "POST" else { return world.answer(asked) }
        world.add(Self.account(Self.made, "Zebra Works"))
        return .init(status: 502, contentType: "text/html", body: "<html>502</html>")
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "There are no accounts here")
        try await console.fillCreate(name: "Zebra Works ")
        try await terminal.wait(for: "! The name begins or ends with a blank")
        try await terminal.send("Enter")
        try await terminal.wait(for: "Not known whether it was created")
        try await terminal.send("v")
        let form = try await terminal.wait(for: "This account may have come of it")
        #expect(form.text.contains(Self.made))
      }
    }
  }

  @Test("a success that names an account from before is no creation, and that account is not written to")
  func fromBefore() async throws {
    let old = Self.account(Self.colleagues, "Old customer", age: nil)
    let world = World([old])
    try await ScriptedServer.with(
      .answering { asked in asked.method == "POST" ? .result(old) : world.answer(asked) }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.wait(forRow: 1, of: 1)
        try await create("Harbor", in: console, requiringTwoFactor: true)
        let form = try await console.terminal.wait(for: "Not known whether it was created")
        #expect(form.text.contains("which was there") && !form.contains("✓"))
        #expect(writes(server) == ["POST"])
      }
    }
  }

  @Test("an answer with another name tells both")
  func otherName() async throws {
    try await ScriptedServer.with(
      .answering { asked in
        asked.method == "POST" ? .result(Self.account(Self.made, "Completely Different Ltd")) : .list([])
      }
    ) { server in
      try await ConsoleSession.with(environment: server.environment) { console in
        try await console.terminal.wait(for: "There are no accounts here")
        try await create("Harbor", in: console)
        let list = try await console.terminal.wait(for: "Created Harbor as")
        #expect(list.contains("the server named it Completely Different Ltd"))
      }
    }
  }

  @Test("after a kill, the account that came of it and what is left to do of it are told, and done from the activity")
  func killed() async throws {
    let state = try TemporaryDirectory()
    defer { try? state.remove() }
    let world = World()
    let ends = Flag()
    try await ScriptedServer.with(
      .answering { asked in
        guard asked.method == "POST" else { return world.answer(asked) }
        world.add(Self.account(Self.made, "Harbor"))
        while !ends.isSet { try await Task.sleep(for: .milliseconds(20)) }
        return .result("null")
      }
    ) { server in
      let environment = server.environment.merging(["XDG_STATE_HOME": state.path]) { $1 }
      try await ConsoleSession.with(environment: environment) { console in
        try await console.terminal.wait(for: "There are no accounts here")
        try await create("Harbor", in: console, requiringTwoFactor: true)
        _ = try await poll(within: TmuxSession.patience) { writes(server).isEmpty ? nil : true }
        try await console.terminal.signal(SIGKILL)
        _ = try await console.terminal.waitForExit()
      }
      ends.set()
      try await ConsoleSession.with(environment: environment) { console in
        let terminal = console.terminal
        try await terminal.wait(for: "1 had happened; two-factor is still to be required of Harbor")
        try await terminal.send("@")
        try await terminal.wait(for: "Two-factor is not required yet. e requires it.")
        try await terminal.send("e")
        try await terminal.wait(for: "[x] require it for every member")
        #expect(writes(server) == ["POST"])
      }
    }
  }
}
