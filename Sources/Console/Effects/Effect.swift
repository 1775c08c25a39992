import Cloudflare

/// Something to do outside the state. It is data, so that tests can compare it.
enum Effect: Sendable, Equatable {
  case loadPage(ListQuery, priority: RequestPriority)
  /// Searches on the server.
  case search(SearchRequest, perPage: Int)
  case readAccount(Account.ID, for: AccountReader, priority: RequestPriority = .interactive)
  /// Reads the accounts with a name.
  case readDuplicateNames(String, for: AccountReader)
  /// Reads the tenants and the types of account that they can create.
  case readTenancy
  case readInventory(InventoryRequest)
  case readJSON(Account.ID)
  /// Records the intent in the journal, sends the one request, then records the outcome.
  case write(WriteIntent, checks: WriteChecks = WriteChecks())
  case readJournal
  case readListCache
  /// Caches the list for the next start.
  case keepList(AccountList)
  /// Records the outcome of a write in the journal.
  case record(WriteIntent.ID, WriteOutcome)
  /// Looks up the outcome of a write by reading.
  case resolve(ResolutionRequest)
  case wait(EffectID, for: Duration)
  case copy(ClipboardText)
  /// Opens an address in the browser.
  case open(String)
  case cancel(EffectID)
  case terminal(TerminalRequest)

  /// The identity of the effect; `nil` if it ends at once.
  ///
  /// A newer effect with the same ID cancels the older one, whose answer is ignored.
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

/// The part of the console that reads an account.
enum AccountReader: Sendable, Hashable {
  case detail
  /// The form for a new account.
  case creation
  case edit
  case deletion
  /// The check after a confirmed deletion that the account is gone.
  case deletionCheck
}

/// The identity of a running effect.
enum EffectID: Sendable, Hashable {
  case page(Int)
  case search
  /// The wait for a pause in typing a search.
  case searchDebounce
  case account(AccountReader)
  /// The wait for a pause in typing a name, and the request after it.
  case duplicateNames(AccountReader)
  case tenancy
  case inventory(Account.ID, InventoryPart)
  /// The wait for an account to stay selected.
  case inventoryDebounce
  case json
  /// The wait for the next second before a deletion.
  case deletionCountdown
  case write(WriteIntent.ID)
  case journal
  case record(WriteIntent.ID)
  case lookUp(WriteIntent.ID)
  /// The wait for the next look-up of a write that may still take effect.
  case lookUpPause(WriteIntent.ID)
  case listCache
  /// The wait for a pause in changes of the list.
  case keepingList
  case keptList
  /// The wait for the next change of the wait indicator.
  case waitIndicator
  /// The wait for the next second of the rate-limit countdown.
  case rateLimitWait
  /// The wait until held pages can be requested again.
  case heldPages
  case clipboard
  case browser
}

/// A request to the terminal, without an answer.
enum TerminalRequest: Sendable, Equatable {
  /// Drops keys typed before the current screen could be read.
  case discardTypedAhead
  /// Draws the whole screen again.
  case redraw
  /// Stops the program like Ctrl-Z.
  case suspend
  case quit
}

/// The result of an effect.
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
  /// The list could not be cached, for this reason.
  case listNotKept(String)
  /// A wait has ended.
  case elapsed(EffectID)
  /// `nil` if there was no way to the clipboard.
  case copied(ClipboardText, CopyRoute?)
  case opened(String, Bool)
}
