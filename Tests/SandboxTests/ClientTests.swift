import Subprocess
import Testing

@testable import Sandbox

@Suite("Other people's clients")
struct ClientTests {
  @Test(
    "the official Python SDK finds what it expects, and raises its right exception for each refusal",
    .enabled("needs python3 with Cloudflare's SDK: pip install cloudflare") { await Self.hasPythonSDK() })
  func pythonSDK() async throws {
    var options = SandboxOptions()
    options.rateLimit = 0
    options.faults = [try Fault(parsing: "GET /memberships: 429 retry-after=0")]
    try await TestSandbox.run(options) { sandbox async throws in
      let script = Self.directory + "/Clients/python_sdk.py"
      let result = try await Subprocess.run(
        .name("python3"), arguments: [script, sandbox.server.baseURL], output: .string(limit: 1 << 16),
        error: .string(limit: 1 << 16))
      #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
      #expect(result.standardOutput.contains("as expected"))
    }
  }

  private static let directory = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()

  private static func hasPythonSDK() async -> Bool {
    let result = try? await Subprocess.run(
      .name("python3"), arguments: ["-c", "import cloudflare"], output: .discarded)
    return result?.terminationStatus.isSuccess == true
  }
}
