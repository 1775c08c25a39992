import Cloudflare

/// What the console works with.
struct Services: Sendable {
  var accounts: any AccountsService & AccountEditor & IdentityService
  var inventory: any AccountInventory
  /// Keeps what is written to the server.
  var journal: any WriteJournal
  /// Keeps the list from one run to the next; `nil` for nowhere.
  var cache: FileListCache?
  /// The states of the request budget; asked for once.
  var budget: (@Sendable () async -> AsyncStream<BudgetState>)?
  var clipboard: (any Clipboard)?
  var browser: (any URLOpener)?
}

extension Services {
  init(_ client: AccountsClient, journal: JournalPlace) {
    self.init(
      accounts: client, inventory: client, journal: journal.journal,
      budget: client.budget.map { budget in { @Sendable in await budget.states() } })
  }
}
