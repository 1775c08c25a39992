extension CloudflareError: CustomStringConvertible {
  public var description: String { explanation }

  /// What happened, in one line of plain words, with status, codes and `cf-ray` where they are known.
  ///
  /// The server's words are in it, without control characters and cut to a bearable length. They are still not ours:
  /// make them safe for a terminal before drawing them.
  public var explanation: String {
    var line = sentence
    if attempts > 1 { line += " Tried \(attempts) times." }
    if let ray, !ray.isEmpty { line += " cf-ray \(Self.oneLine(ray, limit: 64))." }
    return line
  }

  private var sentence: String {
    let answer = status.map { "answered \($0)" } ?? "answered"
    switch cause {
    case .unreachable(let reason): return "No connection: \(reason). Nothing was sent."
    case .interrupted(let reason): return "The connection broke before the answer was complete: \(reason)."
    case .timedOut where nothingWasSent: return "No connection within the time allowed. Nothing was sent."
    case .timedOut: return "No complete answer within the time allowed."
    case .cancelled: return nothingWasSent ? "Cancelled. Nothing was sent." : "Cancelled."
    case .unreadable(let reason): return "\(Self.capitalized(who)) \(answer), but the answer cannot be used: \(reason)."
    case .invalidRequest(let reason): return reason
    case .refused where status == 429 && nothingWasSent:
      return "Cloudflare lets no more requests through for now. Nothing was sent."
    case .refused where status == 429:
      return "Too many requests\(inParentheses("429"))\(wordsAfterColon)."
    case .refused:
      let words = wordsAfterColon.isEmpty ? " without saying why" : wordsAfterColon
      return "\(Self.capitalized(who)) refused\(inParentheses(status.map(String.init)))\(words)."
    case .serverFault:
      let failed = otherServer == nil ? "Cloudflare's API failed" : "\(Self.capitalized(who)) failed"
      return "\(failed)\(inParentheses(status.map(String.init)))\(wordsAfterColon)."
    case .edge: return "\(Self.capitalized(answeredBy)) \(answer)\(edgeWords)."
    }
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// Who answered, within a sentence.
  private var who: String {
    otherServer.map { "the server at \(Self.oneLine($0, limit: 100))" } ?? "Cloudflare"
  }

  /// Who answered instead of the API, within a sentence.
  public var answeredBy: String {
    guard otherServer != nil else { return "Cloudflare's edge" }
    guard let software = edge?.software, !software.isEmpty else { return who }
    return "a proxy or gateway (\(Self.oneLine(software, limit: 40)))"
  }

  private var edgeWords: String {
    guard let edge else { return " instead of the API" }
    if edge.isChallenge { return " with a challenge meant for browsers" }
    if let origin = edge.redirectsTo {
      return " with a redirect to \(Self.oneLine(origin, limit: 100)), which is not followed"
    }
    if otherServer != nil, let words = edge.words, !words.isEmpty { return ": " + Self.sentence(words) }
    guard let type = edge.contentType else { return " without an answer of the API" }
    return type.contains("json") ? "" : " with \(Self.oneLine(type, limit: 40)) instead of JSON"
  }

  private var wordsAfterColon: String {
    let words = Self.words(of: errors, separator: "; ")
    return words.isEmpty ? "" : ": " + words
  }

  /// Somebody's words as the end of a sentence, which has a stop of its own.
  private static func sentence(_ words: String) -> String {
    var text = oneLine(words, limit: 200)
    while text.last == "." { text.removeLast() }
    return text
  }

  private func inParentheses(_ text: String?) -> String { text.map { " (\($0))" } ?? "" }

  /// Messages of one kind that are told at most: a server may send as many as an answer holds.
  private static let messageLimit = 5

  /// The first of the messages, and a mark where there are more.
  private static func words(of messages: some Collection<APIMessage>, separator: String) -> String {
    let told = messages.prefix(messageLimit).compactMap(words(of:))
    return (told + (messages.count > messageLimit ? ["…"] : [])).joined(separator: separator)
  }

  /// One message with its code and what caused it: `Invalid request headers (6003): Invalid format (6103)`.
  private static func words(of message: APIMessage) -> String? {
    var text = sentence(message.message)
    if let code = message.code { text += text.isEmpty ? "code \(code)" : " (\(code))" }
    if let pointer = message.source?.pointer, !pointer.isEmpty { text += " at \(oneLine(pointer, limit: 60))" }
    // A chain is as deep as the server likes: its first level is what every known answer holds.
    let causes = (message.errorChain ?? []).prefix(messageLimit + 1).map { cause in
      var flat = cause
      flat.errorChain = nil
      return flat
    }
    let chain = words(of: causes, separator: ", ")
    if !chain.isEmpty { text += text.isEmpty ? chain : ": \(chain)" }
    return text.isEmpty ? nil : text
  }

  /// Without control characters, and cut to so many scalars.
  public static func oneLine(_ text: String, limit: Int) -> String {
    var line = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      let isSafe: Bool =
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: false
        default: true
        }
      line.unicodeScalars.append(isSafe ? scalar : " ")
    }
    return text.unicodeScalars.count > limit ? line + "…" : line
  }
}
