import Cloudflare

/// Something to be done outside the state, as data, so that a test can compare it.
enum Effect: Sendable, Equatable {
  case loadPage(ListQuery, priority: RequestPriority, token: RequestToken)
  /// Asks the server for accounts that a search has to show.
  case find(FindRequest, perPage: Int, token: RequestToken)
  case loadAccount(id: Account.ID, priority: RequestPriority = .interactive, token: RequestToken)
  /// Reads the account that a deletion is about, before it is offered.
  case readDeletionTarget(id: Account.ID, token: RequestToken)
  /// Asks whether other accounts have the name of the one that a deletion is about.
  case readDeletionDuplicateNames(name: String, token: RequestToken)
  /// Reads the account that is to be changed.
  case readEditTarget(id: Account.ID, token: RequestToken)
  /// Asks for accounts of a name that is to be given to a new one.
  case findDuplicateNames(name: String, token: RequestToken)
  /// Asks who is administered, and what types of account that allows.
  case readTenancy(token: RequestToken)
  /// Keeps the intent in the journal, then sends the one request, then keeps what became of it.
  case write(WriteIntent, token: RequestToken, checks: WriteChecks = WriteChecks())
  /// Reads the account after its deletion, to see that it is gone.
  case verifyDeletion(id: Account.ID, token: RequestToken)
  case loadInventory(InventoryRequest)
  case loadRawAccount(id: Account.ID, token: RequestToken)
  /// Lets some time pass, and then lets the action happen.
  indirect case wait(EffectIdentity, for: Duration, then: Action)
  case readJournal(token: RequestToken)
  case readListCache(token: RequestToken)
  /// Keeps the list for the next start.
  case keepList(AccountList)
  case recordOutcome(WriteIntent.ID, WriteOutcome)
  /// Finds out by reading what became of a write.
  case resolve(ResolutionRequest, token: RequestToken)
  case copy(ClipboardText)
  /// Has the browser open an address.
  case openAddress(String)
  case cancel(EffectIdentity)
  case terminal(TerminalRequest)

  /// What the effect is about; `nil` for what is over at once.
  ///
  /// A newer effect of the same identity cancels the older one.
  var identity: EffectIdentity? {
    switch self {
    case .loadPage(let query, _, _): .page(query.page)
    case .find: .find
    case .loadAccount: .detail
    case .readDeletionTarget: .deletionTarget
    case .readDeletionDuplicateNames: .deletionDuplicateNames
    case .loadInventory(let request): .inventory(request.accountID, request.part)
    case .loadRawAccount: .rawAccount
    case .wait(let identity, _, _): identity
    case .verifyDeletion(let id, _): .deletion(id)
    case .readEditTarget: .editTarget
    case .findDuplicateNames: .duplicateNames
    case .readTenancy: .tenancy
    case .write(let intent, _, _): .write(intent.id)
    case .readJournal: .journal
    case .readListCache: .listCache
    case .keepList: .keptList
    case .recordOutcome(let id, _): .record(id)
    case .resolve(let request, _): .resolution(request.intent.id)
    case .copy: .clipboard
    case .openAddress: .browser
    case .cancel, .terminal: nil
    }
  }
}

/// Names a running effect.
enum EffectIdentity: Sendable, Hashable {
  case page(Int)
  case detail
  case deletionTarget
  case deletionDuplicateNames
  /// The wait for the next second of the delay before a deletion.
  case deletionCountdown
  case deletion(Account.ID)
  case inventory(Account.ID, InventoryPart)
  case rawAccount
  case find
  /// The wait for typing to pause.
  case findDebounce
  /// The wait for the selection to rest.
  case inventoryDebounce
  /// The wait for the typing of a name to pause, and the question after it.
  case duplicateNames
  case tenancy
  case editTarget
  case write(WriteIntent.ID)
  case journal
  case listCache
  /// The wait for the list to be left alone.
  case keepingList
  case keptList
  /// The wait for the next change of the sign that something is waited for.
  case waitIndicator
  /// The wait for the next second of the countdown.
  case rateLimitWait
  /// The wait until pages that the budget holds back may be asked for again.
  case heldPages
  case record(WriteIntent.ID)
  case clipboard
  case browser
  case resolution(WriteIntent.ID)
  /// The wait for the next look-up of a write that may still act.
  case lookingAgain(WriteIntent.ID)
}

/// What the reducer asks of the terminal.
enum TerminalRequest: Sendable, Equatable {
  /// Drops keys that were typed before what is on screen now could be read.
  case discardTypedAhead
  /// Draws everything again, whatever the terminal shows.
  case redraw
  /// Stops the program, as Ctrl-Z does anywhere.
  case suspend
  case quit
}
