import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Passes requests on to a sandbox, so that a ``ScriptedServer`` can count them or answer some of them itself.
struct Relay: Sendable {
  let sandbox: SandboxProcess

  func answer(to asked: ScriptedServer.Asked) async throws -> ScriptedServer.Answer {
    let origin = sandbox.baseURL.dropLast("/client/v4".count)
    var request = HTTPClientRequest(url: origin + asked.path)
    request.method = .init(rawValue: asked.method)
    request.headers.add(name: "Authorization", value: "Bearer \(SandboxCredentials.userToken)")
    if !asked.body.isEmpty {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: asked.body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 4 << 20)
    return ScriptedServer.Answer(
      status: Int(response.status.code),
      contentType: response.headers.first(name: "Content-Type"),
      body: String(buffer: body)
    )
  }
}
