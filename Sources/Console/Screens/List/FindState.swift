import Cloudflare

/// A search in the list, and its state.
struct FindState: Sendable, Equatable {
  /// The state of the server's part of the search.
  enum Asking: Sendable, Equatable {
    /// Nothing to ask: the text is empty, or every account is loaded.
    case needless
    /// Typing has not paused yet.
    case debouncing
    case asked
    /// The server has answered. `isFull` means that the page is full, so there may be more matches.
    case answered(isFull: Bool)
    case failed(CloudflareError)
  }

  /// The pause in typing before the server is asked.
  static let debounceTime: Duration = .milliseconds(250)

  var field = TextField()
  /// Whether keys go to the field; otherwise they go to the list.
  var isEditing = true
  private(set) var asking = Asking.needless
  /// Whether a person has moved the cursor. If so, its account stays selected while it matches.
  var hasMoved = false
  /// The selection before the search, to return to.
  let origin: ListState.Selection
  var index = SearchIndex()

  var query: FuzzyQuery { index.query }

  /// Whether the search hides rows.
  var isFiltering: Bool { !query.isEmpty }

  // MARK: The server's part

  /// Asks the server, unless every account is loaded.
  mutating func ask(_ list: AccountList) -> [Effect] {
    guard isFiltering, !list.isCurrent else { return [] }
    asking = .asked
    let name = query.words.map { String($0) }.joined(separator: " ")
    return [.search(query.wholeIdentifier.map(SearchRequest.identifier) ?? .name(name), perPage: list.perPage)]
  }

  /// Asks after a pause in typing.
  mutating func askLater(_ list: AccountList) -> [Effect] {
    let effects: [Effect] = asking == .asked ? [.cancel(.search)] : []
    guard isFiltering, !list.isCurrent else {
      defer { asking = .needless }
      return asking == .debouncing ? effects + [.cancel(.searchDebounce)] : effects
    }
    asking = .debouncing
    return effects + [.wait(.searchDebounce, for: Self.debounceTime)]
  }

  /// Asks after the pause.
  mutating func askNow(_ list: AccountList) -> [Effect] {
    let effects = ask(list)
    // The last page may have come during the pause.
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

  /// Stops waiting for the server.
  mutating func giveUp(_ error: CloudflareError) -> [Effect] {
    guard asking == .asked else { return [] }
    asking = .failed(error)
    return [.cancel(.search)]
  }

  /// Cancels the effects of a search that closes.
  var cancellations: [Effect] {
    switch asking {
    case .debouncing: [.cancel(.searchDebounce)]
    case .asked: [.cancel(.search)]
    case .needless, .answered, .failed: []
    }
  }
}
