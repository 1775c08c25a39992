import Dispatch
import Glibc
import Testing

@testable import tenantry

@Suite("Commands that print a secret")
struct SecretCommandTests {
  private typealias Outcome = (secret: String?, problem: String?, told: [String])

  /// Waited for by a thread of its own: tasks share a few, and other tests need them.
  private func run(
    _ command: String, limit: Duration = .seconds(60), patience: Duration = .seconds(30)
  ) async -> Outcome {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: Self.run(command, limit, patience)) }
    }
  }

  private static func run(_ command: String, _ limit: Duration, _ patience: Duration) -> Outcome {
    var told: [String] = []
    do throws(Problem) {
      let secret = try SecretCommand(command: command, name: "api_key_command", limit: limit, patience: patience)
        .run { told.append($0) }
      return (secret, nil, told)
    } catch {
      return (nil, error.text, told)
    }
  }

  @Test(
    "the first line counts, without blanks around it",
    arguments: [
      "printf secret", "echo secret", "printf ' \\t secret \\r\\nnext line\\n'", "echo secret; exec sleep 0",
      "printf sec; printf ret", "echo noise >&2; echo secret", "test -z \"$(cat)\" && echo secret",
      "echo secret && yes | head -c 1000000", "echo secret; exec >&-; exec 2>&-; true",
    ])
  func firstLine(command: String) async {
    let result = await run(command)
    #expect(result.secret == "secret")
    #expect(result.problem == nil)
    #expect(result.told == [])
  }

  @Test(
    "what fails is told with what was written to standard error, and never with the output",
    arguments: [
      ("echo s3cret; exit 3", "api_key_command failed with status 3. It did not say why."),
      ("echo s3cret; echo locked >&2; exit 1", "api_key_command failed with status 1. It said:\n  locked"),
      ("printf 'a\\033[31mb\\n' >&2; exit 1", "api_key_command failed with status 1. It said:\n  a␛[31mb"),
      ("kill -9 $$", "api_key_command was ended by signal 9. It did not say why."),
      ("true", "api_key_command ended well, but its first line is empty. It has to print the secret there."),
      (
        "echo; echo s3cret",
        "api_key_command ended well, but its first line is empty. It has to print the secret there."
      ),
      ("printf '\\377\\376s3cret'", "api_key_command printed something that is no text."),
      ("head -c 100000 /dev/zero", "api_key_command printed a first line that is too long to be a secret."),
    ])
  func failing(command: String, problem: String) async {
    let result = await run(command)
    #expect(result.problem == problem)
    #expect(result.secret == nil)
  }

  @Test("an endless error output is kept to its last lines")
  func endlessErrors() async {
    let problem = await run("yes complaint | head -c 1000000 >&2; echo last >&2; exit 1").problem
    #expect(problem?.hasSuffix("  complaint\n  last") == true)
    #expect((problem?.utf8.count ?? 0) < 2_000)
  }

  @Test("one that hangs is ended at the limit, and was told of before")
  func hanging() async {
    let start = ContinuousClock.now
    let result = await run("exec sleep 300", limit: .seconds(1), patience: .milliseconds(100))
    #expect(result.problem == "api_key_command took longer than 1 s and was ended. Run it by hand to see why.")
    #expect(result.told == ["waiting for api_key_command, for 1 s at most …"])
    #expect(start.duration(to: .now) < .seconds(60))
  }

  @Test("it gets nothing of what the program has open")
  func inheritsNothing() async {
    // As sockets of SwiftNIO are: not marked to be closed by themselves.
    let descriptor = open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    #expect(descriptor > 2)
    #expect(await run("test -e /proc/$$/fd/\(descriptor) || echo secret").secret == "secret")
  }

  @Test("what it leaves running behind it is not waited for")
  func leftBehind() async throws {
    let start = ContinuousClock.now
    let result = await run("sleep 90 & echo secret; echo $! >&2; exit 1")
    let sleeper = try #require(result.problem?.split(separator: " ").last.flatMap { pid_t($0) })
    kill(sleeper, SIGKILL)
    #expect(await run("echo secret; yes & true").secret == "secret")
    #expect(await run("yes >&2 & echo secret").secret == "secret")
    #expect(start.duration(to: .now) < .seconds(60))
  }
}
