import Cloudflare
import NIOCore

/// What the API answers: a status and the envelope, already written.
struct Answer: Sendable {
  var status: Int
  var body: ByteBuffer
  var contentType: String? = "application/json"
  /// Further headers.
  var headers: [String: String] = [:]

  init(status: Int, body: ByteBuffer = ByteBuffer(), contentType: String?) {
    self.status = status
    self.body = body
    self.contentType = contentType
  }

  /// A success whose result is written by the closure.
  ///
  /// - Parameter info: `result_info`, where it is not that of a page.
  init(
    page: PageInfo? = nil, info: JSON? = nil, messages: JSON = [], capacity: Int = 1_024,
    result: (inout JSONText) -> Void
  ) {
    var text = JSONText(capacity: capacity)
    text.raw(#"{"result":"#)
    result(&text)
    if let info = page?.json ?? info {
      text.raw(#","result_info":"#)
      text.value(info)
    }
    text.raw(#","success":true,"errors":[],"messages":"#)
    text.value(messages)
    text.raw("}")
    status = 200
    body = ByteBuffer(bytes: text.bytes)
  }

  init(_ result: JSON, page: PageInfo? = nil, info: JSON? = nil, messages: JSON = []) {
    self.init(page: page, info: info, messages: messages) { $0.value(result) }
  }

  init(_ refusal: Refusal) {
    var text = JSONText()
    text.raw(#"{"result":null,"success":false,"errors":"#)
    text.value(.array(refusal.errors.map(\.json)))
    text.raw(#","messages":[]}"#)
    status = refusal.status
    body = ByteBuffer(bytes: text.bytes)
    if !refusal.allowedMethods.isEmpty { headers["Allow"] = refusal.allowedMethods.joined(separator: ", ") }
    if let seconds = refusal.retryAfter { headers["Retry-After"] = String(seconds) }
  }
}

extension APIMessage {
  fileprivate var json: JSON {
    var members: [JSON.Member] = []
    if let code { members.append(JSON.Member(name: "code", value: .integer(code))) }
    members.append(JSON.Member(name: "message", value: .string(message)))
    if let pointer = source?.pointer {
      members.append(JSON.Member(name: "source", value: ["pointer": .string(pointer)]))
    }
    if let errorChain {
      members.append(JSON.Member(name: "error_chain", value: .array(errorChain.map(\.json))))
    }
    return .object(members)
  }
}
