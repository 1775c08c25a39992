import NIOCore

extension Answer {
  /// What a fault with a status answers.
  init(status: Int, _ body: FaultBody, retryAfter: Int?) {
    switch body {
    case .json:
      var refusal = status == 429 ? Refusal.throttled : Refusal(status, 10013, "An unknown error has occurred")
      refusal.retryAfter = retryAfter
      self.init(refusal)
    case .html:
      let reason = Self.reasons[status] ?? "Error"
      let page = """
        <html>\r\n<head><title>\(status) \(reason)</title></head>\r\n<body>\r\n\
        <center><h1>\(status) \(reason)</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n
        """
      self.init(status: status, body: ByteBuffer(string: page), contentType: "text/html; charset=UTF-8")
      // What the edge marks a challenge page with.
      if status == 403 { headers["cf-mitigated"] = "challenge" }
    case .empty:
      self.init(status: status, contentType: nil)
    }
    if let retryAfter { headers["Retry-After"] = String(retryAfter) }
    // These have no body by definition (RFC 9110).
    if [204, 205, 304].contains(status) {
      self.body.clear()
      contentType = nil
    }
  }

  private static let reasons = [
    403: "Forbidden", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Temporarily Unavailable", 504: "Gateway Time-out", 520: "Web Server Returned an Unknown Error",
    521: "Web Server Is Down", 522: "Connection Timed Out", 523: "Origin Is Unreachable", 524: "A Timeout Occurred",
  ]

  /// The same answer, with another identifier in place of the first it has.
  var withWrongIdentifier: Answer {
    var bytes = Array(body.readableBytesView)
    let marker = Array(#""id":""#.utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: marker) }) else { return self }
    let digit = start + marker.count
    guard digit < bytes.count else { return self }
    bytes[digit] = bytes[digit] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    var changed = self
    changed.body = ByteBuffer(bytes: bytes)
    return changed
  }
}
