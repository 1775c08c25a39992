import Cloudflare

/// Something to be done outside the state, as data, so that a test can compare it.
enum Effect: Sendable, Equatable {
  case loadPage(ListQuery, priority: RequestPriority)
  /// Asks the server for accounts that a search has to show.
  case search(SearchRequest, perPage: Int)
  case readAccount(Account.ID, for: AccountReader, priority: RequestPriority = .interactive)
  /// Asks for the accounts of a name.
  case readDuplicateNames(String, for: AccountReader)
  /// Asks who is administered, and what types of account that allows.
  case readTenancy
  case readInventory(InventoryRequest)
  case readJSON(Account.ID)
  /// Keeps the intent in the journal, then sends the one request, then keeps what became of it.
  case write(WriteIntent, checks: WriteChecks = WriteChecks())
  case readJournal
  case readListCache
  /// Keeps the list for the next start.
  case keepList(AccountList)
  /// Keeps what became of a write in the journal.
  case record(WriteIntent.ID, WriteOutcome)
  /// Finds out by reading what became of a write.
  case resolve(ResolutionRequest)
  /// Lets some time pass.
  case wait(EffectID, for: Duration)
  case copy(ClipboardText)
  /// Has the browser open an address.
  case open(String)
  case cancel(EffectID)
  case terminal(TerminalRequest)

  /// What the effect is about; `nil` for what is over at once.
  ///
  /// A newer effect of the same ID cancels the older one, and only the newest one's answer counts.
  var id: EffectID? {
    switch self {
    case .loadPage(let query, _): .page(query.page)
    case .search: .search
    case .readAccount(_, let reader, _): .account(reader)
    case .readDuplicateNames(_, let reader): .duplicateNames(reader)
    case .readTenancy: .tenancy
    case .readInventory(let request): .inventory(request.accountID, request.part)
    case .readJSON: .json
    case .write(let intent, _): .write(intent.id)
    case .readJournal: .journal
    case .readListCache: .listCache
    case .keepList: .keptList
    case .record(let id, _): .record(id)
    case .resolve(let request): .lookUp(request.intent.id)
    case .wait(let id, _): id
    case .copy: .clipboard
    case .open: .browser
    case .cancel, .terminal: nil
    }
  }
}

/// Whom the reading of an account is for.
enum AccountReader: Sendable, Hashable {
  case detail
  /// The form for a new account.
  case creation
  case edit
  case deletion
  /// A deletion that was confirmed: the account is read to see that it is gone.
  case deletionCheck
}

/// Names a running effect.
enum EffectID: Sendable, Hashable {
  case page(Int)
  case search
  /// The wait for the typing of a search to pause.
  case searchDebounce
  case account(AccountReader)
  /// The wait for the typing of a name to pause, and the question after it.
  case duplicateNames(AccountReader)
  case tenancy
  case inventory(Account.ID, InventoryPart)
  /// The wait for the selection to rest.
  case inventoryDebounce
  case json
  /// The wait for the next second before a deletion.
  case deletionCountdown
  case write(WriteIntent.ID)
  case journal
  case record(WriteIntent.ID)
  case lookUp(WriteIntent.ID)
  /// The wait for the next look-up of a write that may still act.
  case lookUpPause(WriteIntent.ID)
  case listCache
  /// The wait for the list to be left alone.
  case keepingList
  case keptList
  /// The wait for the next change of the sign that something is waited for.
  case waitIndicator
  /// The wait for the next second of the countdown of the rate limit.
  case rateLimitWait
  /// The wait until pages that the budget holds back may be asked for again.
  case heldPages
  case clipboard
  case browser
}

/// What the console asks of the terminal without an answer.
enum TerminalRequest: Sendable, Equatable {
  /// Drops keys that were typed before what is on screen now could be read.
  case discardTypedAhead
  /// Draws everything again, whatever the terminal shows.
  case redraw
  /// Stops the program, as Ctrl-Z does anywhere.
  case suspend
  case quit
}

/// What comes of effects.
enum Answer: Sendable, Equatable {
  case page(Int, Result<AccountPage, CloudflareError>)
  case search(Result<AccountPage, CloudflareError>)
  case account(AccountReader, Account.ID, Result<Account, CloudflareError>)
  case duplicateNames(AccountReader, name: String, Result<AccountPage, CloudflareError>)
  case tenancy(TenancyAnswer)
  case inventory(InventoryRequest, InventoryAnswer)
  case json(Result<RawAnswer, CloudflareError>)
  case write(WriteUpdate)
  case journal(Result<JournalReading, JournalProblem>)
  case lookUp(WriteIntent.ID, Resolution)
  case listCache(ListCacheReading)
  /// The list could not be kept, for this reason.
  case listNotKept(String)
  /// A wait is over.
  case elapsed(EffectID)
  /// `nil` when there was no way to the clipboard.
  case copied(ClipboardText, CopyRoute?)
  case opened(String, Bool)
}
