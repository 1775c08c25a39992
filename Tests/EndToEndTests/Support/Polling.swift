/// Asks `probe` again and again until it has a value, or the time is over.
///
/// - Returns: the value, or nil when `limit` passed without one. `probe` is asked at least once.
func poll<Value>(
  every interval: Duration = .milliseconds(15),
  within limit: Duration,
  _ probe: () async throws -> Value?
) async throws -> Value? {
  let deadline = ContinuousClock.now + limit
  while true {
    if let value = try await probe() { return value }
    if ContinuousClock.now >= deadline { return nil }
    try await Task.sleep(for: interval)
  }
}
