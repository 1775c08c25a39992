import FoundationEssentials
import Glibc
import Testing

@testable import tenantry

@Suite("Commands that print a secret")
struct SecretCommandTests {
  private func run(
    _ command: String, limit: Duration = .seconds(60), patience: Duration = .seconds(30)
  ) -> (secret: String?, problem: String?, told: [String]) {
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
  func firstLine(command: String) {
    let result = run(command)
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
  func failing(command: String, problem: String) {
    let result = run(command)
    #expect(result.problem == problem)
    #expect(result.secret == nil)
  }

  @Test("an endless error output is kept to its last lines")
  func endlessErrors() {
    let problem = run("yes complaint | head -c 1000000 >&2; echo last >&2; exit 1").problem
    #expect(problem?.hasSuffix("  complaint\n  last") == true)
    #expect((problem?.utf8.count ?? 0) < 2_000)
  }

  @Test("signals that this program ignores are as usual for the command")
  func signals() {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    // A pipeline whose reader has had enough would complain instead of ending. Bit 12 is SIGPIPE's.
    let ignored = run("awk '/SigIgn/ { print $2 }' /proc/self/status").secret.flatMap { UInt64($0, radix: 16) }
    #expect(ignored.map { $0 & (1 << 12) } == 0)
  }

  @Test("one that hangs is ended at the limit, and was told of before")
  func hanging() {
    let start = ContinuousClock.now
    let result = run("sleep 300", limit: .seconds(1), patience: .milliseconds(100))
    #expect(result.problem == "api_key_command took longer than 1 s and was ended. Run it by hand to see why.")
    #expect(result.told == ["waiting for api_key_command, for 1 s at most …"])
    #expect(start.duration(to: .now) < .seconds(60))
  }

  @Test("what it leaves running behind it is not waited for")
  func leftBehind() {
    let start = ContinuousClock.now
    #expect(run("sleep 90 & echo secret").secret == "secret")
    #expect(start.duration(to: .now) < .seconds(60))
  }
}
