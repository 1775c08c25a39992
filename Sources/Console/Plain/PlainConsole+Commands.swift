import Cloudflare
import Terminal

extension PlainConsole {
  static let prompt = Question(place: "command", prompt: "tenantry> ")

  /// Carries out a line typed at the prompt.
  func carryOut(_ line: String) {
    guard line.contains(where: { $0 != " " }) else { return }
    guard let command = PlainCommand(line, isAccountOpen: state.browse.pane == .detail) else {
      let word = line.prefix { $0 != " " }.prefix(20)
      return show("There is no command \(word). help tells them all.")
    }
    store.send(.plain(.begin))
    announced.notice = nil
    switch command.verb {
    case .help: showHelp()
    case .list, .next, .previous, .page, .first, .last: goTo(command)
    case .open: withAccount(command) { begin(.open, .opening($0)) }
    case .json: withAccount(command) { _ in begin(.showRaw, .raw) }
    case .find: find(command.rest)
    case .all: showAll()
    case .sort: sort(by: command.rest)
    case .reverse:
      leaveScreens()
      store.send(.command(.reverseSort))
      printList(from: 0)
    case .load: load()
    case .rest: loadRest()
    case .new: openCreation()
    case .edit: withAccount(command) { _ in begin(.editAccount, .command) }
    case .delete: withAccount(command) { _ in begin(.deleteAccount, .command) }
    case .activity, .older, .verify, .dismiss, .adopt, .finish: openActivity(command)
    case .refresh: refresh()
    case .quit: store.send(.command(.quit))
    }
  }

  private func showHelp() {
    for verb in PlainCommand.Verb.allCases where !(verb.writes && state.session.writing == .readOnly) {
      let help = verb.help
      show("\(verb.rawValue)\(help.arguments): \(help.text)")
    }
    show("Numbers are those of the list that was printed last, and stay with their accounts whatever happens to it.")
  }

  /// Passes the account of a number to `body`, or shows why there is none.
  private func withAccount(_ command: PlainCommand, _ body: (Account.ID) -> Void) {
    let word = command.verb.rawValue
    guard let number = Int(command.rest) else {
      guard command.rest.isEmpty, case .account = state.browse.list.selection, state.browse.pane == .detail,
        let account = state.selectedAccount
      else {
        return show("\(word) needs the number of an account in the list: \(word) 3, for example. list prints it.")
      }
      // Without a number, the open account is meant: it was printed last.
      return select(account, body)
    }
    guard let entry = printed.entries[number] else { return show(printed.missingEntry(number)) }
    if printed.isStale(number, in: state) {
      show(
        "The list has changed since it was printed. \(number) still is \(Wording.name(of: entry)), "
          + "ID \(Wording.short(id: entry.id)).")
    }
    leaveScreens()
    select(entry, body)
  }

  /// Selects an account and passes it to `body`, or shows that it is gone.
  private func select(_ account: Account, _ body: (Account.ID) -> Void) {
    store.send(.plain(.account(account.id)))
    guard state.selectedAccount?.id == account.id else {
      return show(
        "\(Wording.name(of: account)), ID \(Wording.grouped(id: account.id)), is not in the list any more. "
          + "Nothing was done. list prints what is.")
    }
    body(account.id)
  }

  /// Returns to the list from any page. Keys do not: during a rate-limit countdown, Esc gives up the waiting requests.
  func leaveScreens() { store.send(.plain(.leave)) }

  /// Gives up what plain mode waits for, after Ctrl-C.
  func giveUp() {
    if step == .finding { store.send(.command(.cancel)) }
    leaveScreens()
    step = .command
    show("Given up. list prints the list.")
  }

  private func refresh() {
    if state.browse.pane == .detail, let account = state.selectedAccount {
      begin(.refresh, .opening(account.id))
      return show("Reading \(Wording.name(of: account)) again.")
    }
    leaveScreens()
    store.send(.command(.refresh))
    show("Reading the list again.")
    step = state.accounts.loadAll != nil ? .loadingAll : state.accounts.list.isLoaded ? .listing : .starting
  }

  /// Loads the rest of the open account.
  private func loadRest() {
    guard state.browse.pane == .detail, let account = state.selectedAccount else {
      return show("No account is open. open N opens one, load loads all accounts.")
    }
    begin(.loadRest, .opening(account.id))
    show("Loading the rest of what \(Wording.name(of: account)) holds.")
  }

  private func load() {
    leaveScreens()
    store.send(.command(.loadAll))
    guard state.accounts.loadAll != nil else { return }
    step = .loadingAll
    show("Loading all accounts. Ctrl-C stops it, and keeps what came.")
  }

  private func sort(by name: String) {
    leaveScreens()
    let wanted: AccountOrder.Column?
    switch name.lowercased() {
    case "name": wanted = .name
    case "type": wanted = .type
    case "created": wanted = .created
    case "two-factor", "2fa": wanted = .twoFactor
    case "server": wanted = nil
    default: return show("sort goes by name, type, created, two-factor or server: sort name, for example.")
    }
    if state.browse.list.sort?.criterion != wanted {
      store.send(.plain(.sort(wanted.map { AccountOrder(criterion: $0) })))
      // Sorting needs all accounts; a notice says so.
      guard state.browse.list.sort?.criterion == wanted else { return }
    }
    printList(from: 0)
  }

  private func showAll() {
    guard state.browse.pane == .list, state.layers.isEmpty else {
      leaveScreens()
      step = .listing
      return
    }
    store.send(.plain(.showAll))
    printList(from: 0)
  }

  private func find(_ text: String) {
    leaveScreens()
    guard !text.isEmpty else { return showAll() }
    store.send(.plain(.find(text)))
    step = .finding
  }

  /// Carries out a command of the screen. If it opens nothing, a notice says why.
  private func begin(_ command: Command, _ next: Step) {
    store.send(.command(command))
    step = next
  }
}
