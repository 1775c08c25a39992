import Cloudflare

/// What is looked for in the list, and how far the search has come.
struct FindState: Sendable, Equatable {
  /// The part of the search that the server does.
  enum Asking: Sendable, Equatable {
    /// There is nothing to ask: no text, or every account is loaded.
    case needless
    /// Typing has not paused yet.
    case debouncing
    case asked
    /// The server has answered. `isFull` when its answer was as long as an answer can be: it may know more.
    case answered(isFull: Bool)
    case failed(CloudflareError)
  }

  /// How long typing has to pause before the server is asked.
  static let debounceTime: Duration = .milliseconds(250)

  var field = TextField()
  /// Whether keys go to the field; otherwise they go to the list of what matches.
  var isEditing = true
  private(set) var asking = Asking.needless
  /// Whether a person has moved the cursor: then it stays on its account as long as that matches.
  var hasMoved = false
  /// What was selected before, to come back to when nothing else is.
  let origin: ListState.Selection
  var index = SearchIndex()

  var query: FuzzyQuery { index.query }

  /// Whether rows are left out.
  var isFiltering: Bool { !query.isEmpty }

  // MARK: The server's part

  /// Asks the server what it has, unless every account is here.
  mutating func ask(_ list: AccountList) -> [Effect] {
    guard isFiltering, !list.isCurrent else { return [] }
    asking = .asked
    let name = query.words.map { String($0) }.joined(separator: " ")
    return [.search(query.wholeIdentifier.map(SearchRequest.identifier) ?? .name(name), perPage: list.perPage)]
  }

  /// The text has changed: asks once typing has paused.
  mutating func askLater(_ list: AccountList) -> [Effect] {
    let effects: [Effect] = asking == .asked ? [.cancel(.search)] : []
    guard isFiltering, !list.isCurrent else {
      defer { asking = .needless }
      return asking == .debouncing ? effects + [.cancel(.searchDebounce)] : effects
    }
    asking = .debouncing
    return effects + [.wait(.searchDebounce, for: Self.debounceTime)]
  }

  /// Typing has paused.
  mutating func askNow(_ list: AccountList) -> [Effect] {
    let effects = ask(list)
    // The last page may have come while typing paused.
    if effects.isEmpty { asking = .needless }
    return effects
  }

  mutating func receive(_ result: Result<AccountPage, CloudflareError>, perPage: Int) -> Outcome {
    switch result {
    case .success(let page):
      asking = .answered(isFull: page.accounts.count >= perPage)
      return .events(.found(page.accounts))
    case .failure(let error):
      asking = error.saysGone ? .answered(isFull: false) : .failed(error)
      return .none
    }
  }

  /// Waits for the server no longer.
  mutating func giveUp(_ error: CloudflareError) -> [Effect] {
    guard asking == .asked else { return [] }
    asking = .failed(error)
    return [.cancel(.search)]
  }

  /// What is on its way for a search that is closed.
  var cancellations: [Effect] {
    switch asking {
    case .debouncing: [.cancel(.searchDebounce)]
    case .asked: [.cancel(.search)]
    case .needless, .answered, .failed: []
    }
  }
}
