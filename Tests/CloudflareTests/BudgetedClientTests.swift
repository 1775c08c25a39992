import Testing

@testable import Cloudflare

@Suite("Rule 9: the budget in the client")
struct BudgetedClientTests {
  @Test("A 429 makes the next call wait, which the state shows and cancelling ends, nothing having been sent")
  func blockedCall() async throws {
    let clock = TestClock()
    let budget = RequestBudget(clock: clock.budgetClock)
    try await withClient(
      change: { $0.budget = budget },
      script: { number, _ in
        number == 0 ? [Reply.http(429, Reply.failure(971, "x"), headers: ["Retry-After: 300"])] : [Reply.page]
      },
      { client, server in
        let error = try await failure { try await client.list(.first) }
        #expect(error.status == 429 && error.retryAfter == .seconds(300))

        let cancelled = Task<Void, any Error> { _ = try await client.list(.first) }
        try await eventually { clock.sleepers == 1 }
        let state = await client.budget?.state
        #expect(state?.waiting == 1 && state?.blocked(at: clock.now) == .seconds(300))
        cancelled.cancel()
        let end = try await failure { try await cancelled.value }
        #expect(end.cause == .cancelled && end.nothingWasSent)

        // A write is not kept back for minutes: it is told, unsent.
        let write = try await failure { try await client.delete(id: "x") }
        #expect(write.status == 429 && write.nothingWasSent && !write.leavesOutcomeUnknown)
        #expect(write.explanation == "Cloudflare lets no more requests through for now. Nothing was sent.")
        #expect(write.nextStep == "Try again in 5 min.")
        #expect(server.requests.count == 1)

        let patient = Task<Int, any Error> { try await client.list(.first).accounts.count }
        try await eventually { clock.sleepers == 1 }
        clock.advance(by: .seconds(300))
        let count = try await patient.value
        #expect(count == 1)
        #expect(server.requests.count == 2)
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
