import Cloudflare

/// How the write of a form or dialog stands.
enum WriteProgress: Sendable, Equatable {
  /// Nothing was sent yet, or an earlier request does not matter any more.
  case idle
  /// The one request is on its way.
  case sending(WriteIntent.ID)
  /// The server said no.
  case refused(CloudflareError)
  /// No answer that can be trusted came: it may have happened.
  case unknown(WriteIntent.ID, CloudflareError)
  /// Nothing was sent, because of the journal or what it tells.
  case notSent(JournalProblem)
  /// A write that was unresolved has been looked up; with the account that had come of it.
  case lookedUp(WriteOutcome.Kind, accountID: Account.ID?)

  var isSending: Bool { sending != nil }

  var sending: WriteIntent.ID? {
    guard case .sending(let id) = self else { return nil }
    return id
  }

  /// The write that has to be looked up before the form or dialog can go on.
  var unresolvedWrite: WriteIntent.ID? {
    switch self {
    case .unknown(let id, _): id
    case .notSent(.repeats(let intent)): intent.id
    case .idle, .sending, .refused, .notSent, .lookedUp: nil
    }
  }

  var refusal: CloudflareError? {
    guard case .refused(let error) = self else { return nil }
    return error
  }

  /// What is on its way that a person waits for.
  func awaited(in writes: Writes) -> [EffectID] {
    if let sending { return [.write(sending)] }
    guard let id = unresolvedWrite, writes[id].isLookedUp else { return [] }
    return [.lookUp(id)]
  }

  /// What has become of the write.
  enum Change {
    /// It was done; with the account that the answer shows.
    case done(Account?)
    /// It was not, or that is not known: the progress says how.
    case failed
    /// It was not sent, because its earlier try was found to have happened.
    case earlierDone(WriteIntent.ID)
  }

  /// Takes in what the runner tells of writes.
  ///
  /// - Returns: `nil` where it is of another write, or no news.
  mutating func receive(_ answer: Answer, in history: WriteHistory) -> Change? {
    guard case .write(let update) = answer, let id = sending else { return nil }
    switch update {
    case .notSent(let intent, let problem) where intent.id == id: self = .notSent(problem)
    case .heldBack(let intent, let earlier, let resolution) where intent.id == id:
      guard let entry = history.entry(earlier) else { return nil }
      if entry.outcome?.kind == .confirmed {
        self = .lookedUp(.confirmed, accountID: entry.outcome?.accountID)
        return .earlierDone(earlier)
      }
      if case .unreadable(let error) = resolution {
        self = .notSent(.cannotLookUp(error))
      } else {
        self = .notSent(.repeats(entry.intent))
      }
    case .answered(id, _, .success(let account)):
      self = .idle
      return .done(account)
    case .answered(id, let outcome, .failure(let error)):
      self = outcome.kind == .unknown ? .unknown(id, error) : .refused(error)
    default: return nil
    }
    return .failed
  }

  /// Takes in what a look-up found of the write that is unresolved.
  ///
  /// - Returns: whether it is of that write.
  mutating func receive(_ conclusion: Conclusion) -> Bool {
    guard conclusion.id == unresolvedWrite else { return false }
    self = .lookedUp(conclusion.kind, accountID: conclusion.account?.id)
    return true
  }
}
