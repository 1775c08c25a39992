import NIOHTTP1
import Testing

@testable import Cloudflare

@Suite("Rule 9: the request budget")
struct BudgetTests {
  private let clock = TestClock()

  private func makeBudget() -> RequestBudget { RequestBudget(clock: clock.budgetClock) }

  private func headers(_ limit: String, _ policy: String? = nil) -> HTTPHeaders {
    var headers: HTTPHeaders = ["Ratelimit": limit]
    if let policy { headers.add(name: "Ratelimit-Policy", value: policy) }
    return headers
  }

  /// Sends as many as go through at once.
  private func send(_ count: Int, _ budget: RequestBudget, _ priority: RequestPriority) async throws -> Int {
    for number in 0..<count {
      if try await budget.admit(priority, patience: .zero) != nil { return number }
      await budget.finish()
    }
    return count
  }

  @Test("Without headers, 1200 requests go through in 5 minutes, and no more")
  func assumed() async throws {
    let budget = makeBudget()
    #expect(await budget.state == BudgetState(remaining: 1200, limit: 1200))
    #expect(try await send(2000, budget, .interactive) == 1200)
    let state = await budget.state
    #expect(state.remaining == 0 && state.resetsAt == clock.start + .seconds(300))
    #expect(try await budget.admit(.interactive, patience: .seconds(299)) == .seconds(300))
    clock.advance(by: .seconds(299))
    #expect(try await send(1, budget, .interactive) == 0)
    clock.advance(by: .seconds(1))
    #expect(try await send(2000, budget, .interactive) == 1200)
  }

  @Test("The 5 minutes move along: each request is forgotten by itself")
  func moving() async throws {
    let budget = makeBudget()
    #expect(try await send(600, budget, .interactive) == 600)
    clock.advance(by: .seconds(100))
    #expect(try await send(2000, budget, .interactive) == 600)
    clock.advance(by: .seconds(200))
    #expect(try await send(2000, budget, .interactive) == 600)
    clock.advance(by: .seconds(99))
    #expect(try await send(1, budget, .interactive) == 0)
    clock.advance(by: .seconds(1))
    #expect(try await send(2000, budget, .interactive) == 600)
  }

  @Test("Background requests stop first, and leave a reserve for a person")
  func reserve() async throws {
    let budget = makeBudget()
    #expect(try await send(2000, budget, .background) == 1100)
    #expect(try await budget.admit(.background, patience: .zero) == .seconds(300))
    #expect(try await send(2000, budget, .interactive) == 100)
  }

  @Test("What the server says goes before what is counted here")
  func serverKnows() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: nil) == nil)
    await budget.finish(
      status: 200, headers: headers(#""default";r=3;t=30"#, #""default";q=1200;w=300"#), retryAfter: nil)
    #expect(
      await budget.state == BudgetState(remaining: 3, limit: 1200, resetsAt: clock.start + .seconds(30)))
    #expect(try await budget.admit(.background, patience: .zero) == .seconds(30))
    #expect(try await send(10, budget, .interactive) == 3)
    #expect(try await budget.admit(.interactive, patience: .zero) == .seconds(30))
    clock.advance(by: .seconds(30))
    #expect(try await send(10, budget, .interactive) == 10)
  }

  @Test("The tightest of several limits counts, and what is on its way is not forgotten")
  func several() async throws {
    let budget = makeBudget()
    for _ in 0..<5 { #expect(try await budget.admit(.interactive, patience: .zero) == nil) }
    await budget.finish(
      status: 200,
      headers: headers(
        #""default";r=1000;t=200, "burst";r=20;t=10"#, #""default";q=1200;w=300,"burst";q=100;w=60"#),
      retryAfter: nil)
    #expect(
      await budget.state
        == BudgetState(remaining: 16, limit: 100, window: .seconds(60), resetsAt: clock.start + .seconds(10)))
  }

  @Test("A small quota keeps a small reserve")
  func smallQuota() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(status: 200, headers: ["Ratelimit-Policy": #""burst";q=10;w=60"#], retryAfter: nil)
    #expect(try await send(100, budget, .background) == 7)
    #expect(try await send(100, budget, .interactive) == 2)
    #expect(try await budget.admit(.interactive, patience: .zero) == .seconds(60))
  }

  @Test("After a 429 everything waits until the block ends, visibly, and then goes on")
  func blocked() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(status: 429, headers: [:], retryAfter: .seconds(120))
    let end = clock.start + .seconds(120)
    #expect(await budget.state.blockedUntil == end)
    #expect(await budget.state.blocked(at: clock.now + .seconds(20)) == .seconds(100))
    let calls = [RequestPriority.interactive, .background].map { priority in
      Task { try await budget.admit(priority, patience: nil) }
    }
    try await eventually { [clock] in clock.sleepers == 2 }
    #expect(await budget.state.waiting == 2)
    clock.advance(by: .seconds(119))
    #expect(clock.sleepers == 2)
    clock.advance(by: .seconds(1))
    for call in calls { #expect(try await call.value == nil) }
    let state = await budget.state
    #expect(state.waiting == 0 && state.blockedUntil == nil && state.blocked(at: clock.now) == .zero)
  }

  @Test("Cancelling a call ends its wait, and nothing is counted for it")
  func cancelled() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(status: 429, headers: [:], retryAfter: .seconds(300))
    let remaining = await budget.state.remaining
    let call = Task { try await budget.admit(.interactive, patience: nil) }
    try await eventually { [clock] in clock.sleepers == 1 }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
    let state = await budget.state
    #expect(state.waiting == 0 && state.remaining == remaining)
  }

  @Test("A 429 that does not say how long blocks until the server's window ends, or ever longer up to a minute")
  func unnamedBlocks() async throws {
    let budget = makeBudget()
    for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
      #expect(try await budget.admit(.interactive, patience: nil) == nil)
      await budget.finish(status: 429, headers: [:], retryAfter: nil)
      #expect(await budget.state.blocked(at: clock.now) == .seconds(seconds))
      clock.advance(by: .seconds(seconds))
    }
    #expect(try await budget.admit(.interactive, patience: nil) == nil)
    await budget.finish(status: 200, headers: [:], retryAfter: nil)
    #expect(try await budget.admit(.interactive, patience: nil) == nil)
    await budget.finish(status: 429, headers: headers(#""default";r=0;t=77"#), retryAfter: nil)
    #expect(await budget.state.blocked(at: clock.now) == .seconds(77))
  }

  @Test("The state is told at once and with each change; a slow reader gets the newest")
  func watched() async throws {
    let budget = makeBudget()
    var states = await budget.states().makeAsyncIterator()
    #expect(await states.next()?.remaining == 1200)
    for _ in 0..<10 {
      #expect(try await budget.admit(.interactive, patience: .zero) == nil)
      await budget.finish()
    }
    #expect(await states.next()?.remaining == 1190)
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    #expect(await states.next()?.remaining == 1189)
  }

  @Test(
    "A reset is believed as far as the window of its policy, and 5 minutes where there is none or one that is absurd",
    arguments: [
      (#""default";r=0;t=1795812345"#, nil, 300), (#""default";r=0;t=30"#, nil, 30),
      (#""default";r=0;t=1795812345"#, #""default";q=1200;w=300"#, 300),
      (#""default";r=0;t=1795812345"#, #""default";q=10;w=60"#, 60),
      (#""default";r=0;t=1795812345"#, #""default";q=10;w=315360000"#, 300),
      (#""default";r=0;t=1795812345"#, #""burst";q=10;w=60"#, 300),
      (#""default";r=0;t=400"#, #""burst";q=10;w=3600, "default";q=10;w=60"#, 60),
      (#""default";r=0;t=99999999999999999999999"#, #""default";q=10;w=60"#, 60),
      (#""default";r=0;t=-5"#, #""default";q=10;w=60"#, 60),
    ] as [(String, String?, Int)])
  func boundedReset(limit: String, policy: String?, seconds: Int) async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(status: 200, headers: headers(limit, policy), retryAfter: nil)
    #expect(try await budget.admit(.interactive, patience: .zero) == .seconds(seconds))
    clock.advance(by: .seconds(seconds))
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
  }

  @Test("More that remains than the quota is the quota")
  func beyondQuota() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(
      status: 200, headers: headers(#""default";r=5000;t=30"#, #""default";q=1200;w=300"#), retryAfter: nil)
    #expect(await budget.state.remaining == 1200)
  }

  @Test(
    "A Retry-After of years blocks for the window of the policy", arguments: [(nil, 300), (60, 60), (3_600, 3_600)])
  func boundedBlock(window: Int?, seconds: Int) async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    let policy = window.map { headers("", "x;q=1200;w=\($0)") } ?? [:]
    let told = await budget.finish(status: 429, headers: policy, retryAfter: .seconds(99_999_999))
    #expect(told == .seconds(seconds))
    #expect(await budget.state.blocked(at: clock.now) == .seconds(seconds))
  }

  @Test("What is tried by hand goes through a block, which ends when that is let through, and not before")
  func byHand() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(status: 429, headers: headers(#""default";r=0;t=200"#), retryAfter: .seconds(200))
    for _ in 0..<2 {
      #expect(try await budget.admit(.byHand, patience: .zero) == nil)
      await budget.finish(.byHand, status: 429, headers: [:], retryAfter: .seconds(200))
      #expect(try await budget.admit(.interactive, patience: .zero) == .seconds(200))
    }
    #expect(try await budget.admit(.byHand, patience: .zero) == nil)
    await budget.finish(.byHand, status: nil, headers: [:], retryAfter: nil)
    #expect(try await budget.admit(.interactive, patience: .zero) == .seconds(200))
    #expect(try await budget.admit(.byHand, patience: .zero) == nil)
    await budget.finish(.byHand, status: 200, headers: [:], retryAfter: nil)
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
  }

  @Test("Headers are read as Cloudflare writes them, and odd ones do no harm")
  func parsing() {
    func read(_ limit: String, _ policy: String = "") -> RateLimitHeaders {
      RateLimitHeaders(headers(limit, policy))
    }
    #expect(read(#""default";r=50;t=30"#).limits == [.init(name: "default", remaining: 50, resetsIn: .seconds(30))])
    #expect(
      read("", #""burst";q=100;w=60 , "a,b;c" ; q=5 ; w=1 ; x="y""#).policies == [
        .init(name: "burst", quota: 100, window: .seconds(60)), .init(name: "a,b;c", quota: 5, window: .seconds(1)),
      ])
    #expect(read(#""default";r=7"#).limits == [.init(name: "default", remaining: 7, resetsIn: nil)])
    #expect(read("default;r=99999999999999999999;t=1").limits.isEmpty)
    #expect(read("x;r=9999999999;t=9999999999").limits.first?.remaining == 10_000_000)
    for odd in ["", ",", ";;", "\"", "\"a", "a;r", "a;r=", "a;r=-5;t=3", "a;r=x;t=3", "=", "🙂;r=🙂", ";r=5;t=5"] {
      #expect(read(odd, odd).limits.isEmpty && read(odd, odd).policies.isEmpty)
    }
    #expect(read("", "a;q=0;w=60, b;q=5;w=0").policies.isEmpty)
  }

  @Test("Numbers beyond all bounds neither crash nor block for ever")
  func hostile() async throws {
    let budget = makeBudget()
    #expect(try await budget.admit(.interactive, patience: .zero) == nil)
    await budget.finish(
      status: 200, headers: headers("x;r=9999999999;t=9999999999", "x;q=9999999999;w=9999999999"), retryAfter: nil)
    #expect(try await send(100, budget, .background) == 100)
  }
}
