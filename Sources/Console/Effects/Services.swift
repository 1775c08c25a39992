import Cloudflare

/// The services that the console uses.
struct Services: Sendable {
  var accounts: any AccountsService & AccountEditor & IdentityService
  var inventory: any AccountInventory
  /// Records writes to the server.
  var journal: any WriteJournal
  /// Caches the list for the next run; `nil` for no cache.
  var cache: FileListCache?
  /// The states of the request budget. It is called once.
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
