/// What every answer of the v4 API is wrapped in.
///
/// Live answers leave out `messages` and `result`, so nothing is demanded here; ``success`` is `nil` when the answer
/// does not carry it, which no well-formed answer does.
public struct Envelope<Result: Sendable>: Sendable {
  public var success: Bool?
  public var errors: [APIMessage]
  public var messages: [APIMessage]
  public var result: Result?
  /// Whether `result` is there as `null`, which says more than a `result` that is left out.
  public var isResultNull = false
  public var resultInfo: ResultInfo?
  /// What it was read from.
  var answer = Answer.Origin()

  public init(
    success: Bool?, errors: [APIMessage] = [], messages: [APIMessage] = [], result: Result? = nil,
    resultInfo: ResultInfo? = nil
  ) {
    self.success = success
    self.errors = errors
    self.messages = messages
    self.result = result
    self.resultInfo = resultInfo
  }

  enum CodingKeys: String, CodingKey {
    case success, errors, messages, result
    case resultInfo = "result_info"
  }

  /// Some failures come as `{"code": …, "error": …}` alone.
  private enum PlainKeys: String, CodingKey {
    case code, error
  }
}

extension Envelope {
  /// Why it is a refusal: what only `messages` say is better than nothing.
  var reasons: [APIMessage] { errors.isEmpty ? messages : errors }

  /// The error of an answer whose contents are not those that were asked for.
  func unreadable(_ reason: String) -> CloudflareError { CloudflareError(.unreadable(reason)).of(answer) }
}

extension Envelope: Decodable where Result: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    success = container.lenient(Bool.self, .success)
    errors =
      container.lenient([APIMessage].self, .errors)
      ?? [container.lenient(APIMessage.self, .errors)].compactMap(\.self).filter {
        $0 != APIMessage(code: nil, message: "")
      }
    messages = container.lenient([APIMessage].self, .messages) ?? []
    // Only a refusal may carry any shape of `result`: what is needed of a success has to be readable.
    if success == true {
      result = try container.decodeIfPresent(Result.self, forKey: .result)
      isResultNull = (try? container.decodeNil(forKey: .result)) == true
    }
    resultInfo = container.lenient(ResultInfo.self, .resultInfo)
    if success != true, errors.isEmpty {
      let plain = try decoder.container(keyedBy: PlainKeys.self)
      if let message = try? plain.decodeIfPresent(String.self, forKey: .error) {
        errors = [APIMessage(code: try? plain.decodeIfPresent(Int.self, forKey: .code), message: message)]
      }
    }
  }
}

extension Envelope: Encodable where Result: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(result, forKey: .result)
    try container.encodeIfPresent(resultInfo, forKey: .resultInfo)
    try container.encode(success, forKey: .success)
    try container.encode(errors, forKey: .errors)
    try container.encode(messages, forKey: .messages)
  }
}

/// One entry of `errors` or `messages`.
///
/// Some products leave the code out, and some send plain strings; both decode. Anything else is a message without words,
/// so that it hides none of the others.
public struct APIMessage: Sendable, Equatable, Codable {
  public var code: Int?
  public var message: String
  public var documentationURL: String?
  public var source: Source?
  /// Nested causes: undocumented, and real (malformed credentials are explained only here).
  public var errorChain: [APIMessage]?

  public init(
    code: Int?, message: String, documentationURL: String? = nil, source: Source? = nil,
    errorChain: [APIMessage]? = nil
  ) {
    self.code = code
    self.message = message
    self.documentationURL = documentationURL
    self.source = source
    self.errorChain = errorChain
  }

  /// Where in the request body the cause lies, as a JSON pointer such as `/name`.
  public struct Source: Sendable, Equatable, Codable {
    public var pointer: String?

    public init(pointer: String?) {
      self.pointer = pointer
    }
  }

  enum CodingKeys: String, CodingKey {
    case code, message, source
    case documentationURL = "documentation_url"
    case errorChain = "error_chain"
  }

  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(code: nil, message: text)
      return
    }
    guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
      self.init(code: nil, message: "")
      return
    }
    self.init(
      code: container.lenient(Int.self, .code), message: container.lenient(String.self, .message) ?? "",
      documentationURL: container.lenient(String.self, .documentationURL),
      source: container.lenient(Source.self, .source), errorChain: container.lenient([APIMessage].self, .errorChain))
  }
}

/// Where a page stands in its list. Everything may be absent.
public struct ResultInfo: Sendable, Equatable, Codable {
  public var page: Int?
  public var perPage: Int?
  public var totalPages: Int?
  /// Items on this page.
  public var count: Int?
  /// Items in the list; whether a `name` filter is counted in is not documented.
  public var totalCount: Int?
  /// Whether there is more in it, which cannot be read as a number.
  public var isPartlyUnreadable = false

  public init(
    page: Int? = nil, perPage: Int? = nil, totalPages: Int? = nil, count: Int? = nil, totalCount: Int? = nil
  ) {
    self.page = page
    self.perPage = perPage
    self.totalPages = totalPages
    self.count = count
    self.totalCount = totalCount
  }

  enum CodingKeys: String, CodingKey {
    case page, count
    case perPage = "per_page"
    case totalPages = "total_pages"
    case totalCount = "total_count"
  }

  public init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
      isPartlyUnreadable = true
      return
    }
    func number(_ key: CodingKeys) -> Int? {
      container.lenient(Int.self, key) ?? container.lenient(String.self, key).flatMap { Int($0) }
    }
    page = number(.page)
    perPage = number(.perPage)
    totalPages = number(.totalPages)
    count = number(.count)
    totalCount = number(.totalCount)
    isPartlyUnreadable = container.allKeys.contains { key in
      number(key) == nil && (try? container.decodeNil(forKey: key)) != true
    }
  }
}
