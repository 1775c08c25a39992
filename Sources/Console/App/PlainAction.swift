import Cloudflare

/// What lines can say and keys cannot: what is meant, instead of how to get to it.
enum PlainAction: Sendable, Equatable {
  /// A command was typed: what was told before has been read.
  case begin
  /// Rows from this one on are wanted, counted from 0.
  case rows(from: Int)
  /// The list is wanted, whatever is open.
  case leave
  /// All accounts are wanted again.
  case showAll
  case account(Account.ID)
  case write(WriteIntent.ID)
  /// The accounts in this order; `nil` for the server's own.
  case sort(AccountOrder?)
  /// The accounts that match this text.
  case find(String)
  /// The form in front is to take this.
  case form(FormStep)
}

extension State {
  mutating func carryOut(_ action: PlainAction, in environment: Environment) -> [Effect] {
    switch action {
    case .begin: notice = nil
    case .rows(let first):
      let list = accounts.list
      browse.changeSelection { $0.list.goTo(row: first, of: list) }
      // Without this, a page that did not come would never be asked for again.
      accounts.forgetFailures()
    case .leave: return leaveForList(in: environment)
    case .showAll:
      return leaveForList(in: environment) + apply(browse.closeFind(in: context(environment)), in: environment)
    case .account(let id): if browse.list.shows(id, of: accounts.list) { show(id) }
    case .write(let id): layers.changeLast(ActivityState.self) { $0.selectedID = id }
    case .sort(let order): return apply(browse.list.sort(by: order, in: context(environment)), in: environment)
    case .find(let text):
      let context = context(environment)
      let outcome = browse.reduce(.find, in: context) + browse.replaceText(by: text, in: context)
      return apply(outcome, in: environment)
    case .form(let step): return deliver(.step(step), in: environment) ?? []
    }
    return []
  }

  /// Closes the pages and the detail pane, and cancels what they read.
  private mutating func leaveForList(in environment: Environment) -> [Effect] {
    var effects: [Effect] = []
    while let page = layers.last?.screen, page.kind == .page {
      for id in page.awaited(in: context(environment, statusTop: 0)) {
        // A look-up goes on: the outcome of its write has to become known.
        if case .lookUp = id { continue }
        effects.append(.cancel(id))
      }
      layers.removeLast()
    }
    browse.leaveDetail()
    return effects + browse.detailPane.stopReading()
  }
}

extension [Layer] {
  /// Changes the nearest screen of a type to the front.
  fileprivate mutating func changeLast<S: Screen>(_ type: S.Type, _ change: (inout S) -> Void) {
    guard let index = lastIndex(where: { $0.screen is S }), var screen = self[index].screen as? S else { return }
    change(&screen)
    self[index].screen = screen
  }
}
