import Cloudflare

/// What the API answers: a status and the envelope, already written.
struct Answer: Sendable {
  var status: Int
  var body: [UInt8]
  var allowedMethods: [String] = []

  /// A success whose result is written by the closure.
  init(page: PageInfo? = nil, messages: JSON = [], capacity: Int = 1_024, result: (inout JSONText) -> Void) {
    var text = JSONText(capacity: capacity)
    text.raw(#"{"result":"#)
    result(&text)
    if let page {
      text.raw(#","result_info":"#)
      text.value(page.json)
    }
    text.raw(#","success":true,"errors":[],"messages":"#)
    text.value(messages)
    text.raw("}")
    status = 200
    body = text.bytes
  }

  init(_ result: JSON, page: PageInfo? = nil, messages: JSON = []) {
    self.init(page: page, messages: messages) { $0.value(result) }
  }

  init(_ refusal: Refusal) {
    var text = JSONText()
    text.raw(#"{"result":null,"success":false,"errors":"#)
    text.value(.array(refusal.errors.map(\.json)))
    text.raw(#","messages":[]}"#)
    status = refusal.status
    body = text.bytes
    allowedMethods = refusal.allowedMethods
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
