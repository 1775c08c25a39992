import Cloudflare

/// An account as the server told of it, in front of the list. It is about the account captured when it opened.
struct RawState: Sendable, Equatable {
  enum Phase: Sendable, Equatable {
    case loading(RequestToken)
    case shown(RawAnswer)
    case failed(CloudflareError)
  }

  let account: Account
  var phase: Phase
  /// The answer's body, laid out for reading.
  var lines: [String] = []
  /// Rows above the first visible one.
  var scroll = 0

  /// Bytes of a body that are shown at most. An account takes a few thousand.
  static let limit = 64 * 1024

  /// Takes an answer in.
  mutating func show(_ answer: RawAnswer) {
    phase = .shown(answer)
    let size = answer.body.utf8.count
    lines = JSONLines.lines(of: String(decoding: answer.body.utf8.prefix(Self.limit), as: UTF8.self))
    if size > Self.limit {
      lines.append("… the first \(Wording.number(Self.limit)) of \(Wording.number(size)) bytes are shown")
    }
  }

  /// What is on screen, row by row.
  func rows(width: Int) -> [String] { lines.flatMap { cut($0, width: width) } }
}
