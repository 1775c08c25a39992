import Cloudflare
import Testing

@testable import Sandbox

@Suite("The request budget")
struct RateLimitTests {
  @Test("every answer to a known caller says what is left")
  func headers() async throws {
    try await TestSandbox.run { sandbox async throws in
      let first = try await sandbox.get("/accounts")
      #expect(first.headers["ratelimit"] == #""default";r=1199;t=300"#)
      #expect(first.headers["ratelimit-policy"] == #""default";q=1200;w=300"#)
      #expect(first.headers["retry-after"] == nil)
      let refused = try await sandbox.get("/accounts/x")
      #expect(refused.headers["ratelimit"]?.hasPrefix(#""default";r=1198;"#) == true)
      #expect(try await sandbox.send("GET", "/accounts", headers: [:]).headers["ratelimit"] == nil)
    }
  }

  @Test("one request too many gets 429 with 971, and so does everything until the window has passed")
  func exceeded() async throws {
    let options = SandboxOptions.with {
      $0.rateLimit = 3
      $0.rateLimitWindow = .seconds(3_600)
    }
    try await TestSandbox.run(options) { sandbox async throws in
      for _ in 0..<3 { #expect(try await sandbox.get("/accounts").status == 200) }
      for _ in 0..<2 {
        let reply = try await sandbox.get("/accounts")
        #expect(reply.status == 429)
        #expect(try reply.codes() == [971])
        #expect(reply.headers["ratelimit"]?.hasPrefix(#""default";r=0;t="#) == true)
        #expect((3_590...3_600).contains(try #require(Int(reply.headers["retry-after"] ?? ""))))
      }
      let blocked = try await sandbox.send("POST", "/accounts", #"{"name": "x"}"#, headers: TestSandbox.userToken)
      #expect(blocked.status == 429)
      #expect(try await sandbox.send("GET", "/accounts", headers: TestSandbox.accountToken).status == 200)
    }
  }

  @Test("without a limit there are no headers")
  func off() async throws {
    try await TestSandbox.run(.with { $0.rateLimit = 0 }) { sandbox async throws in
      let reply = try await sandbox.get("/accounts")
      #expect(reply.status == 200)
      #expect(reply.headers["ratelimit"] == nil)
    }
  }

  @Test("a window counts from its first request; exceeding it starts a whole one anew")
  func windows() {
    let limiter = RateLimiter(quota: 2, window: .seconds(10))
    let start = ContinuousClock.now
    let stand = { (seconds: Double) in limiter.admit("a", at: start + .seconds(seconds)) }
    #expect(stand(0) == RateLimiter.Standing(remaining: 1, resetsIn: 10, isBlocked: false))
    #expect(stand(4.5) == RateLimiter.Standing(remaining: 0, resetsIn: 6, isBlocked: false))
    #expect(stand(9) == RateLimiter.Standing(remaining: 0, resetsIn: 10, isBlocked: true))
    #expect(stand(18.9) == RateLimiter.Standing(remaining: 0, resetsIn: 1, isBlocked: true))
    #expect(stand(19) == RateLimiter.Standing(remaining: 1, resetsIn: 10, isBlocked: false))
    #expect(limiter.admit("b", at: start).remaining == 1)
  }
}
