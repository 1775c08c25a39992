import Testing

@testable import Cloudflare

@Suite("Rule 9: the budget in the client")
struct BudgetedClientTests {
  @Test("A 429 makes the next call wait as long as it has time, which the state shows and cancelling ends, unsent")
  func blockedCall() async throws {
    let clock = TestClock()
    let budget = RequestBudget(clock: clock.budgetClock)
    try await withClient(
      change: {
        $0.budget = budget
        $0.tries = 1
      },
      script: { number, _ in
        number == 0 ? [Reply.http(429, Reply.failure(971, "x"), headers: ["Retry-After: 9"])] : [Reply.page]
      },
      { client, server in
        let error = try await failure { try await client.list(.first) }
        #expect(error.status == 429 && error.retryAfter == .seconds(9))

        let cancelled = Task<Void, any Error> { _ = try await client.list(.first) }
        try await eventually { clock.sleepers == 1 }
        let state = await client.budget?.state
        #expect(state?.waiting == 1 && state?.blocked(at: clock.now) == .seconds(9))
        cancelled.cancel()
        let end = try await failure { try await cancelled.value }
        #expect(end.cause == .cancelled && end.nothingWasSent)

        let patient = Task<Int, any Error> { try await client.list(.first).accounts.count }
        try await eventually { clock.sleepers == 1 }
        clock.advance(by: .seconds(9))
        let count = try await patient.value
        #expect(count == 1)
        #expect(server.requests.count == 2)
      })
  }

  @Test("A call that would have to wait longer than it has time is told at once, unsent; by hand it is sent, once")
  func blockedBeyondDeadline() async throws {
    let clock = TestClock()
    try await withClient(
      change: { $0.budget = RequestBudget(clock: clock.budgetClock) },
      script: { number, _ in
        number < 2 ? [Reply.http(429, Reply.failure(971, "x"), headers: ["Retry-After: 99999999"])] : [Reply.page]
      },
      { client, server in
        let refused = try await failure { try await client.list(.first) }
        #expect(refused.status == 429 && refused.retryAfter == .seconds(300))
        let read = try await failure { try await client.list(.first) }
        let ahead = try await failure { try await client.list(.first, priority: .background) }
        let write = try await failure { try await client.delete(id: "x") }
        for error in [read, ahead, write] {
          #expect(error.status == 429 && error.nothingWasSent && !error.leavesOutcomeUnknown)
          #expect(error.explanation == "Cloudflare lets no more requests through for now. Nothing was sent.")
          #expect(error.nextStep == "Try again in 5 min.")
        }
        #expect(server.requests.count == 1 && clock.sleepers == 0)

        let again = try await failure { try await client.list(.first, priority: .byHand) }
        #expect(again.status == 429 && again.attempts == 1 && server.requests.count == 2)
        let count = try await client.list(.first, priority: .byHand).accounts.count
        #expect(count == 1 && server.requests.count == 3)
        _ = try await client.list(.first)
        #expect(server.requests.count == 4)
      })
  }

  @Test("A retry that the budget would hold beyond the deadline is reported instead")
  func retryBeyondDeadline() async throws {
    let clock = TestClock()
    try await withClient(
      change: { $0.budget = RequestBudget(clock: clock.budgetClock) },
      script: { _, _ in
        [Reply.http(503, Reply.failure(1, "x"), headers: [#"Ratelimit: "default";r=0;t=200"#])]
      },
      { client, server in
        let error = try await failure { try await client.list(.first) }
        #expect(error.cause == .serverFault && error.attempts == 1 && error.retryAfter == .seconds(200))
        #expect(server.requests.count == 1)
      })
  }

  @Test("Every attempt counts, whether it is answered or not")
  func counted() async throws {
    let clock = TestClock()
    try await withClient(
      change: { $0.budget = RequestBudget(clock: clock.budgetClock) }, script: { _, _ in [.reset] }
    ) { client, server in
      _ = try await failure { try await client.list(.first) }
      _ = try await failure { try await client.delete(id: "x") }
      #expect(server.requests.count == 4)
      #expect(await client.budget?.state.remaining == 1196)
    }
  }

  @Test("Headers of the answers reach the budget")
  func headers() async throws {
    let page = Reply.envelope("[]")
    try await withClient(
      change: { $0.budget = RequestBudget() },
      script: { _, _ in
        [
          Reply.http(
            200, page,
            headers: [#"Ratelimit: "default";r=1180;t=290"#, #"Ratelimit-Policy: "default";q=1200;w=300"#])
        ]
      },
      { client, _ in
        _ = try await client.list(.first)
        let state = await client.budget?.state
        #expect(state?.remaining == 1180 && state?.limit == 1200)
      })
  }
}
