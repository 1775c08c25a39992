import FoundationEssentials

extension AccountsClient {
  /// Sends a request, again if the policy says so, and reads the envelope of its success.
  func perform<Result: Decodable & Sendable>(
    _ request: APIRequest, as type: Result.Type
  ) async throws(CloudflareError) -> Envelope<Result> {
    try AnswerReader.envelope(of: await answer(to: request), as: type)
  }

  /// Sends a write, and makes of its answer what it confirms.
  ///
  /// - Parameter read: takes the value out of the result, and throws when it is not what was asked for.
  func confirm<Result: Decodable & Sendable, Value: Sendable>(
    _ request: APIRequest, as type: Result.Type, _ read: (Result?) throws(CloudflareError) -> Value
  ) async throws(CloudflareError) -> Confirmed<Value> {
    let answer = try await answer(to: request)
    let envelope = try AnswerReader.envelope(of: answer, as: type)
    do throws(CloudflareError) {
      return Confirmed(
        try read(envelope.result), status: answer.status, ray: answer.ray, serverDate: answer.date)
    } catch {
      throw error.of(answer.origin)
    }
  }

  /// Sends a request, again if the policy says so. What comes back is a success, of whatever content.
  func answer(to request: APIRequest) async throws(CloudflareError) -> Answer {
    try request.validate()
    if let credentialProblem {
      throw CloudflareError(.invalidRequest(credentialProblem), attempts: 0, nothingWasSent: true)
    }
    let deadline = ContinuousClock.now + options.deadline
    // Half of the time is kept for the request itself: what is sent has to have time to be answered.
    if let wait = try await admit(request, as: request.priority, patience: options.deadline / 2, after: nil) {
      throw CloudflareError(.refused, status: 429, retryAfter: wait, attempts: 0, nothingWasSent: true)
    }
    var attempt = 1
    var wasSent = false
    var hasLostConnection = false
    while true {
      var failure: CloudflareError
      do {
        var answer = try await send(request, attempt: attempt, deadline: deadline, onNewConnection: hasLostConnection)
        answer.attempts = attempt
        return answer
      } catch {
        failure = error
      }
      failure.attempts = failure.attempts == 0 ? 0 : attempt
      wasSent = wasSent || !failure.nothingWasSent
      failure.nothingWasSent = !wasSent
      // Another connection of the pool may be as dead as the one before.
      hasLostConnection = failure.status == nil
      try await waitForNextTry(of: request, after: failure, deadline: deadline)
      attempt += 1
    }
  }

  /// Sends the request once, and tells the budget and the log of it.
  private func send(
    _ request: APIRequest, attempt: Int, deadline: ContinuousClock.Instant, onNewConnection: Bool
  ) async throws(CloudflareError) -> Answer {
    let start = ContinuousClock.now
    var failure: CloudflareError
    do {
      let answer = try await transport.send(request, deadline: deadline, onNewConnection: onNewConnection)
      var problem = AnswerReader.failure(of: answer, now: Self.now)
      let retryAfter = await budget?.finish(
        request.priority, status: answer.status, headers: answer.headers, retryAfter: problem?.retryAfter)
      if let retryAfter { problem?.retryAfter = retryAfter }
      guard let problem else {
        log.answered(request, attempt: attempt, duration: start.duration(to: .now), answer: answer)
        return answer
      }
      failure = problem
    } catch {
      await budget?.finish()
      failure = error
    }
    log.failed(request, attempt: attempt, duration: start.duration(to: .now), error: failure)
    throw failure
  }

  /// - Throws: the failure itself when there is no next try.
  private func waitForNextTry(
    of request: APIRequest, after failure: CloudflareError, deadline: ContinuousClock.Instant
  ) async throws(CloudflareError) {
    // Who tries by hand sends one request, and hears at once that it is too many.
    guard request.priority != .byHand || failure.status != 429 else { throw failure }
    let timeLeft = ContinuousClock.now.duration(to: deadline)
    guard
      let wait = policy.wait(
        after: failure, method: request.method, attempt: failure.attempts, timeLeft: timeLeft,
        jitter: options.jitter())
    else { throw failure }
    do {
      try await transport.wait { [sleep = options.sleep] in try await sleep(wait) }
    } catch {
      throw CloudflareError(
        .cancelled, attempts: failure.attempts, nothingWasSent: failure.nothingWasSent)
    }
    let patience = max(.zero, ContinuousClock.now.duration(to: deadline))
    let priority = request.priority == .byHand ? .interactive : request.priority
    guard let longer = try await admit(request, as: priority, patience: patience, after: failure) else { return }
    var failure = failure
    failure.retryAfter = max(longer, failure.retryAfter ?? .zero)
    throw failure
  }

  /// Waits for the budget; gives back a wait that is too long for the patience.
  private func admit(
    _ request: APIRequest, as priority: RequestPriority, patience: Duration, after failure: CloudflareError?
  ) async throws(CloudflareError) -> Duration? {
    guard let budget else { return nil }
    do {
      return try await transport.wait { try await budget.admit(priority, patience: patience) }
    } catch {
      throw CloudflareError(
        .cancelled, attempts: failure?.attempts ?? 0, nothingWasSent: failure?.nothingWasSent ?? true)
    }
  }

  /// Seconds since 1970.
  private static var now: Int64 { Int64(Date.now.timeIntervalSince1970) }
}
