@testable import Cloudflare

/// Raw answers for ``ScriptedServer``.
enum Reply {
  static let accountID = "2bab6ace8c72ed3f09b9eca6db1396bb"

  static func account(id: String = accountID, name: String = "Harbor & Pine") -> String {
    #"{"id":"\#(id)","name":"\#(name)","type":"standard","settings":{"enforce_twofactor":false},"created_on":"2022-09-02T14:07:00.000000Z"}"#
  }

  static func envelope(_ result: String, info: String? = nil) -> String {
    let info = info.map { #","result_info":\#($0)"# } ?? ""
    return #"{"success":true,"errors":[],"messages":[],"result":\#(result)\#(info)}"#
  }

  static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":\#(code),"message":"\#(message)"}],"messages":[],"result":null}"#
  }

  static func http(
    _ status: Int, type: String? = "application/json", _ body: String, headers: [String] = []
  ) -> ScriptedServer.Step {
    .send(head(status, type: type, length: body.utf8.count, headers: headers) + body)
  }

  static func head(
    _ status: Int, type: String? = "application/json", length: Int?, headers: [String] = []
  ) -> String {
    var lines = ["HTTP/1.1 \(status) Whatever"]
    if let type { lines.append("Content-Type: \(type)") }
    if let length { lines.append("Content-Length: \(length)") }
    return (lines + headers).joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// A page of one account, the last one.
  static let page = http(
    200, envelope("[\(account())]", info: #"{"page":1,"per_page":50,"total_pages":1,"count":1,"total_count":1}"#))

  static let html = "<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>"
}
