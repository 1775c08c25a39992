import Cloudflare
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite("The invented accounts")
struct CatalogTests {
  private let catalog = Catalog(seed: 1, count: 1_204)

  private var accounts: [AccountRecord] { (0..<catalog.count).map(catalog.account) }

  @Test("are the same for the same seed, and others for another")
  func determinism() async throws {
    let pages = try await [1, 1, 2].asyncMap { seed in
      try await TestSandbox.run(.with { $0.seed = UInt64(seed) }) {
        try await $0.get("/accounts?page=3&per_page=50").body
      }
    }
    #expect(pages[0] == pages[1])
    #expect(pages[0] != pages[2])
  }

  @Test("have identifiers of 32 hexadecimal digits, all different, that lead back to them")
  func identifiers() throws {
    var seen = Set<Identifier>()
    for position in 0..<20_000 {
      let identifier = catalog.identifiers.identifier(.account, position)
      seen.insert(identifier)
      #expect(catalog.identifiers.owner(of: identifier, .account)?.owner == position)
      #expect(catalog.identifiers.owner(of: identifier, .zone) == nil)
      #expect(Identifier(identifier.text) == identifier)
    }
    #expect(seen.count == 20_000)
    #expect(
      catalog.identifiers.identifier(.zone, 9, ordinal: 4_000_000_000) != catalog.identifiers.identifier(.zone, 9))
  }

  @Test("have names of at most 100 characters in many scripts, long ones, repeats, quotes and trailing blanks")
  func names() {
    let names = accounts.map(\.name)
    #expect(names.allSatisfy { (1...100).contains($0.unicodeScalars.count) })
    #expect(names.contains { $0.count > 80 })
    #expect(names.count - Set(names).count > 10)
    #expect(names.contains { $0.contains("\"") })
    #expect(names.contains { $0.contains("'") })
    #expect(names.contains { $0.hasSuffix(" ") })
    for (script, block) in [
      ("Latin with accents", 0xC0...0x17F), ("Greek", 0x370...0x3FF), ("Cyrillic", 0x400...0x4FF),
      ("Hebrew", 0x590...0x5FF), ("Arabic", 0x600...0x6FF), ("Hindi", 0x900...0x97F), ("Kana", 0x3040...0x30FF),
      ("Han", 0x4E00...0x9FFF), ("Hangul", 0xAC00...0xD7A3), ("emoji", 0x1F300...0x1FAFF),
    ] {
      #expect(names.contains { $0.unicodeScalars.contains { block.contains(Int($0.value)) } }, "\(script)")
    }
  }

  @Test("have names that the API itself would take, for any seed")
  func namesAreAllowed() throws {
    for seed in UInt64(1)...20 {
      let catalog = Catalog(seed: seed, count: 2_000)
      for position in 0..<catalog.count {
        let name = catalog.account(at: position).name
        #expect(try AccountRules.name(.string(name)) == name)
      }
    }
  }

  @Test("are about one in eight enterprise, some with two-factor, most with a parent, ascending over years")
  func proportions() {
    let accounts = accounts
    let share = { (matches: (AccountRecord) -> Bool) in Double(accounts.filter(matches).count) / 1_204 }
    #expect((0.09...0.15).contains(share(\.isEnterprise)))
    #expect((0.2...0.45).contains(share(\.enforcesTwoFactor)))
    #expect((0.005...0.06).contains(share { $0.unit == nil }))
    #expect((0.1...0.2).contains(share { $0.abuseContact != nil }))
    let dates = accounts.map(\.createdOn)
    #expect(dates == dates.sorted())
    #expect(dates[0].text.hasPrefix("2016-02-11") && dates[1_203].text.hasPrefix("2026-09"))
    #expect(accounts[0].unit == nil)
  }

  @Test("none, one and two of them can be asked for", arguments: [0, 1, 2])
  func few(count: Int) async throws {
    try await TestSandbox.run(.with { $0.accounts = count }) { sandbox async throws in
      let reply = try await sandbox.get("/accounts")
      #expect(try reply.accounts().count == count)
      #expect(try reply.info().totalCount == count)
      #expect(try reply.info().totalPages == (count == 0 ? 0 : 1))
      #expect(try await sandbox.get("/accounts?name=northshore+hosting").accounts().count == min(count, 1))
    }
  }

  @Test("the n-th account that stays is found as by counting")
  func remaining() {
    var random = RandomStream(seed: 7, purpose: .faults)
    var removed = RemovedPositions()
    var staying = Array(0..<300)
    for _ in 0..<250 {
      let position = staying.remove(at: random.below(staying.count))
      removed.insert(position)
      removed.insert(position)
      #expect(removed.contains(position))
      #expect(staying.indices.allSatisfy { removed.remaining(at: $0) == staying[$0] })
    }
    #expect(removed.count == 250)
  }

  @Test("dates agree with Foundation's calendar")
  func dates() throws {
    var random = RandomStream(seed: 3, purpose: .faults)
    for _ in 0..<2_000 {
      let seconds = random.below(4_000_000_000)
      let timestamp = Timestamp(microseconds: Int64(seconds) * 1_000_000 + 42)
      #expect(
        timestamp.text == Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast() + ".000042Z")
    }
    #expect(Timestamp(microseconds: 784_111_777_000_000).httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(Timestamp(year: 2024, month: 2, day: 29).text == "2024-02-29T00:00:00.000000Z")
  }
}
