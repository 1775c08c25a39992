extension CloudflareError {
  /// What to do next, in a sentence or two; `nil` when there is nothing to advise.
  ///
  /// It speaks of the request alone: whether a write has to be looked up is told by ``leavesOutcomeUnknown``.
  public var nextStep: String? {
    switch cause {
    case .unreachable:
      return obstacle?.remedy ?? "Check the network, the proxy settings and the base address, then try again."
    case .interrupted, .timedOut:
      return "Try again; if it stays so, check the network and https://www.cloudflarestatus.com."
    case .unreadable:
      return "Try again; if it stays so, check that the base address is that of Cloudflare's API."
    case .cancelled, .invalidRequest:
      return nil
    case .serverFault where otherServer != nil:
      return otherServerStep
    case .serverFault:
      return "Try again in a while; https://www.cloudflarestatus.com tells of known trouble." + support
    case .edge:
      return edgeStep
    case .refused:
      return stepByCode ?? stepByStatus
    }
  }

  private var edgeStep: String {
    if edge?.isChallenge == true {
      return "A firewall takes this program for a bot: use another network, or ask Cloudflare's support." + support
    }
    if edge?.redirectsTo != nil { return "Check the base address: the API does not redirect." }
    if status == 429 { return waitStep }
    if otherServer != nil, let status, status >= 500 { return otherServerStep }
    if let status, status >= 500 {
      return "Try again in a while; https://www.cloudflarestatus.com tells of known trouble." + support
    }
    return "Check the base address, and any proxy between here and Cloudflare." + support
  }

  private var otherServerStep: String {
    "Try again in a while; if it stays so, check the base address, and ask whoever runs what answered."
  }

  /// Codes as Cloudflare's documentation and live answers have them; a chain tells more than what it explains.
  private var stepByCode: String? {
    let codes = codes
    func has(_ some: Int...) -> Bool { !codes.isDisjoint(with: some) }
    if has(6102) { return "The e-mail address has the wrong shape: check it." }
    if has(6103) {
      return "The Global API Key has the wrong shape: check that it is complete, and not an API token."
    }
    if has(6111) { return "The API token has the wrong shape: check that it is complete, and not a Global API Key." }
    if has(6003) { return "The credentials have the wrong shape: check that they are complete, without blanks." }
    if has(9106) { return "No usable credentials arrived: give an API token, or an e-mail address with its key." }
    if has(9103) { return "Check the e-mail address and the Global API Key: they do not belong together." }
    if has(1002) {
      return "Only tenant administrators may create accounts: ask Cloudflare to enable the tenant for this user."
    }
    if has(971, 10100) || status == 429 { return waitStep }
    if has(10000, 9109) {
      return "Check what the credentials may do: accounts need Account Settings, Read to look and Write to change."
    }
    if has(9300) { return "The session has ended: sign in with an API token or a Global API Key." }
    if has(7003) { return "There is no such account, or not for these credentials: load the list again." }
    return nil
  }

  private var stepByStatus: String? {
    switch status {
    case 401: "The credentials are not valid: check that they are complete and have not expired."
    case 403: "The credentials may not do this: check their permissions."
    case 404: "There is no such thing, or not for these credentials: load the list again."
    case 400, 409, 422: "Change what the message names, then try again."
    default: nil
    }
  }

  private var waitStep: String {
    guard let retryAfter, retryAfter > .zero else {
      guard otherServer == nil else { return "Wait a while before trying again." }
      return "Wait before trying again: Cloudflare allows 1200 requests in 5 minutes, then blocks for 5 minutes."
    }
    return "Try again in \(retryAfter.inWords)."
  }

  private var support: String {
    ray == nil ? "" : " Quote the cf-ray when asking Cloudflare's support."
  }
}

extension Duration {
  /// Rounded up to whole seconds: `4 min 58 s`, `3 h`, `0 s`.
  var inWords: String {
    let (seconds, attoseconds) = components
    let whole = max(0, attoseconds > 0 ? seconds + 1 : seconds)
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return words.isEmpty ? "0 s" : words.joined(separator: " ")
  }
}
