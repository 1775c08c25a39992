import NIOHTTP1

/// The `Ratelimit` and `Ratelimit-Policy` headers, as Cloudflare documents them: lists of `"default";r=50;t=30`
/// (requests that remain, seconds until the reset) and of `"burst";q=100;w=60` (quota, window in seconds).
struct RateLimitHeaders: Sendable, Equatable {
  /// What remains under one policy.
  struct Limit: Sendable, Equatable {
    var name: String
    var remaining: Int
    var resetsIn: Duration?
  }

  struct Policy: Sendable, Equatable {
    var name: String
    var quota: Int
    var window: Duration

    /// Documented, and taken where the server names none: 1200 requests in 5 minutes.
    static let assumed = Policy(name: "", quota: 1200, window: .seconds(300))
    /// A longer window is a mistake, or meant to keep everybody out.
    static let longestWindow: Duration = .seconds(3_600)
  }

  var limits: [Limit]
  var policies: [Policy]

  /// Reads what can be read; an item without its numbers is passed over.
  init(_ headers: HTTPHeaders) {
    limits = Self.items(headers["ratelimit"]).compactMap { name, parameters in
      guard let remaining = parameters["r"] else { return nil }
      return Limit(name: name, remaining: remaining, resetsIn: parameters["t"].map { .seconds($0) })
    }
    policies = Self.items(headers["ratelimit-policy"]).compactMap { name, parameters in
      guard let quota = parameters["q"], let window = parameters["w"], quota > 0, window > 0 else { return nil }
      let span = Duration.seconds(window)
      return Policy(name: name, quota: quota, window: span > Policy.longestWindow ? Policy.assumed.window : span)
    }
  }

  /// The items of a list (RFC 9651) whose parameters are whole numbers; others are left out.
  private static func items(_ lines: [String]) -> [(name: String, parameters: [String: Int])] {
    lines.flatMap { split($0, at: ",") }.compactMap { item in
      let parts = split(item, at: ";").map(trim)
      guard let name = parts.first.map(unquote), !name.isEmpty else { return nil }
      var parameters: [String: Int] = [:]
      for part in parts.dropFirst() {
        guard let equals = part.firstIndex(of: "=") else { continue }
        let value = part[part.index(after: equals)...]
        // A day's worth of seconds or requests is beyond anything that a limit means, and safe to calculate with.
        if let number = Int(value), number >= 0 { parameters[String(part[..<equals])] = min(number, 10_000_000) }
      }
      return (name, parameters)
    }
  }

  /// Splits outside of quotation marks.
  private static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == separator, !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  private static func trim(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private static func unquote(_ text: String) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    return String(text.dropFirst().dropLast())
  }
}
