/// Lets only so many tests drive a terminal at the same time.
///
/// Swift Testing starts every test at once; some dozens of programs on a machine of two cores would all be slow, and
/// deadlines would fail for no fault of the program.
actor Permits {
  /// For everything that starts programs. One test takes one permit at a time, so nothing can wait in a circle.
  static let programs = Permits(4)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) {
    free = count
  }

  func acquire() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func release() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }

  /// Runs `body` while holding a permit.
  nonisolated func hold<Value>(_ body: () async throws -> Value) async throws -> Value {
    await acquire()
    do {
      let value = try await body()
      await release()
      return value
    } catch {
      await release()
      throw error
    }
  }
}
