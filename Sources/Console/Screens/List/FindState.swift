import Cloudflare

/// What is looked for in the list, and how far the search has come.
struct FindState: Sendable, Equatable {
  /// The part of the search that the server does.
  enum Asking: Sendable, Equatable {
    /// There is nothing to ask: no text, or every account is loaded.
    case needless
    /// Typing has not paused yet.
    case debouncing
    case asked(RequestToken)
    /// The server has answered. `isFull` when its answer was as long as an answer can be: it may know more.
    case answered(isFull: Bool)
    case failed(CloudflareError)
  }

  var field = TextField()
  /// Whether keys go to the field; otherwise they go to the list of what matches.
  var isEditing = true
  var asking = Asking.needless
  /// Whether a person has moved the cursor: then it stays on its account as long as that matches.
  var hasMoved = false
  /// What was selected before, to come back to when nothing else is.
  let origin: BrowseState.Selection
  var index = SearchIndex()

  init(origin: BrowseState.Selection) {
    self.origin = origin
  }

  var query: FuzzyQuery { index.query }

  /// Whether rows are left out.
  var isFiltering: Bool { !query.isEmpty }
}

/// What the server is asked for in a search.
enum FindRequest: Sendable, Equatable {
  /// Accounts of that name, however the server compares names.
  case name(String)
  /// The one account with this identifier.
  case identifier(Account.ID)
}

/// What happens in a search without anybody pressing a key.
enum FindAction: Sendable, Equatable {
  /// Typing has paused.
  case debounced
  case answered(token: RequestToken, Result<AccountPage, CloudflareError>)
}
