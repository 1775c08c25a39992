import Dispatch
import Synchronization

/// Runs something asynchronous to its end, for a command that has nothing else to do meanwhile.
func waitFor<Success: Sendable>(_ operation: @escaping @Sendable () async throws -> Success) throws -> Success {
  let outcome = Mutex<Result<Success, any Error>?>(nil)
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    let result: Result<Success, any Error>
    do {
      result = .success(try await operation())
    } catch {
      result = .failure(error)
    }
    outcome.withLock { $0 = result }
    done.signal()
  }
  done.wait()
  guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
  return try result.get()
}
