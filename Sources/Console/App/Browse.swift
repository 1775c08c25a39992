import Cloudflare
import Terminal

/// The list of accounts and the detail pane beside it: what everything else opens in front of.
struct Browse: Screen {
  enum Pane: Sendable, Equatable {
    case list, detail
  }

  static let kind = ScreenKind.page

  var list = ListState()
  var detailPane = DetailState()
  var pane = Pane.list
  /// Columns by which a person has moved the line between the panes to the right.
  private var dividerShift = 0

  static let bindings: [KeyMap.Binding] =
    ListState.bindings + DetailState.bindings + [
      bind(.switchPane, [.tab, .backTab], [.list, .detail], "the other pane"),
      bind(.widenDetail, [.character("<")], [.list, .detail], "make the detail pane wider"),
      bind(.narrowDetail, [.character(">")], [.list, .detail], "make the detail pane narrower"),
    ] + ListState.commands + DetailState.commands + [
      bind(.newAccount, [.character("n"), .function(7)], [.list], "create an account", hint: ("n", "new")),
      bind(.newAccount, [.function(7)], [.detail], "create an account"),
      bind(
        .editAccount, [.character("e"), .function(4)], [.list, .detail], "change the account", hint: ("e", "edit")),
      bind(
        .deleteAccount, [.character("D"), .function(8)], [.list, .detail], "review the account for deletion",
        hint: ("D", "delete")),
      bind(.explainDeletion, [.character("d"), .character("x"), .delete, .backspace], [.list, .detail], nil),
      bind(.activity, [.character("@")], [.list, .detail], "what was written, and what became of it"),
      KeyMap.help([.list, .detail]), bind(.quit, [.character("q")], [.list], "quit", hint: ("q", "quit")),
      KeyMap.interrupt([.list, .detail]), KeyMap.refresh([.list, .detail]),
      bind(.showRaw, [.character("J")], [.list], "the account's raw JSON"),
      bind(.showRaw, [.character("J")], [.detail], "the account's raw JSON", hint: ("J", "JSON")),
    ] + KeyMap.copying([.list, .detail]) + [
      KeyMap.dashboard([.list, .detail]), KeyMap.palette([.list, .detail], hint: true),
    ]

  func panes(of size: Size) -> Layout { Layout(size: size, dividerShift: dividerShift) }

  func inputContext(in context: Context) -> InputContext {
    switch pane {
    case .detail: detailPane.isTyping ? .detailSearch : .detail
    case .list: list.isFinding ? .find : .list
    }
  }

  var pageContext: InputContext { pane == .detail ? .detail : .list }

  func subject(in context: Context) -> Account? { list.selectedAccount(in: context.accounts.list) }

  func meaning(in context: Context) -> FieldMeaning? { list.isFinding ? .find : nil }

  /// The account whose details are on screen.
  func shownDetail(size: Size, _ accounts: AccountList) -> Account.ID? {
    guard size.width >= Layout.wideWidth || pane == .detail, case .account(let id) = list.selection,
      !accounts.deleted.contains(id), accounts.account(id) != nil
    else { return nil }
    return id
  }

  func awaited(in context: Context) -> [EffectID] {
    var awaited = context.accounts.awaited + list.awaited
    if detailPane.reading != nil { awaited.append(.account(.detail)) }
    if !context.hasDialog, let id = shownDetail(size: context.size, context.accounts.list) {
      awaited += context.accounts.inventory.awaited(of: id)
    }
    return awaited
  }

  // MARK: Following

  /// Brings the rows up to the accounts, and gives up the reading of one that is selected no longer.
  mutating func sync(with accounts: Accounts, rows: Int) -> [Effect] {
    changeSelection { $0.list.sync(with: accounts, rows: rows) }
    guard let reading = detailPane.reading else { return [] }
    switch list.selection {
    // Of one that has gone from the list, the answer says why.
    case .account(reading), .lost: return []
    case .account, .row: return detailPane.stopReading()
    }
  }

  /// Has the detail pane turn to another account where the selection has changed.
  mutating func changeSelection(_ change: (inout Browse) -> Void) {
    let before = list.selection
    change(&self)
    if list.selection != before { detailPane.turn() }
  }

  // MARK: Commands

  mutating func reduce(_ command: Command, in context: Context) -> Outcome {
    let layout = panes(of: context.size)
    let rows = context.seenRows(of: layout.list)
    switch command {
    case .open: return open(in: context)
    case .back: return back(in: context)
    case .widenDetail, .narrowDetail:
      return moveDivider(by: command == .widenDetail ? -Layout.dividerStep : Layout.dividerStep, context.size)
    case .switchPane: pane = pane == .list ? .detail : .list
    case .refresh where pane == .detail: return readSelected(.all, priority: .byHand, in: context)
    case .refresh: return list.refresh(in: context, rows: layout.list.height)
    case .loadRest:
      guard let id = shownDetail(size: context.size, context.accounts.list) else { return .none }
      return .events(.inventory(id, .rest))
    case .showRaw: return withSelected(in: context) { .events(.clearNotice, .open(.json($0))) }
    case .newAccount:
      guard context.session.writing != .readOnly else { return .notice(.note, Session.readOnlyReason) }
      return .events(.open(.create))
    case .editAccount: return withWritable(in: context) { .events(.clearNotice, .open(.edit($0))) }
    case .deleteAccount: return withWritable(in: context) { delete($0, in: context) }
    case .explainDeletion:
      let reason =
        context.hints(.deleteAccount, "opens the deletion review") ?? "No key opens the deletion review"
      return .notice(.note, context.session.writing == .readOnly ? Session.readOnlyReason : reason)
    case .activity: return .events(.open(.activity))
    case .previousAccount, .nextAccount:
      changeSelection { $0.list.move(command, of: context.accounts.list, rows: max(1, rows)) }
    default:
      if pane == .detail {
        return detailPane.reduce(command, about: subjectOfDetail(in: context), in: context, layout.detail)
      }
      var outcome = Outcome.none
      changeSelection { outcome = $0.list.reduce(command, in: context, rows: rows) }
      return outcome
    }
    return .none
  }

  private mutating func open(in context: Context) -> Outcome {
    guard list.selectedAccount(in: context.accounts.list) != nil else {
      return .events(.notice(list.missingSelection(in: context.accounts.list)))
    }
    pane = .detail
    detailPane.turn()
    return readSelected(.fresh, priority: .interactive, in: context)
  }

  /// Reads the selected account afresh, and what it holds.
  private mutating func readSelected(
    _ need: InventoryNeed, priority: RequestPriority, in context: Context
  ) -> Outcome {
    guard let account = list.selectedAccount(in: context.accounts.list) else {
      return .events(.notice(list.missingSelection(in: context.accounts.list)))
    }
    var outcome = Outcome.effects(detailPane.read(account, priority: priority))
    if let id = shownDetail(size: context.size, context.accounts.list) { outcome.events = [.inventory(id, need)] }
    return outcome
  }

  private mutating func back(in context: Context) -> Outcome {
    if pane == .detail {
      leaveDetail()
      return .none
    }
    if context.accounts.loadAll != nil { return .events(.stopLoadingAll) }
    return context.hasNotice ? .events(.clearNotice) : closeFind(in: context)
  }

  mutating func leaveDetail() {
    pane = .list
    detailPane.closeSearch()
  }

  mutating func closeFind(in context: Context) -> Outcome {
    var outcome = Outcome.none
    changeSelection { outcome = $0.list.closeFind(in: context) }
    return outcome
  }

  /// Moves the line between the panes, as far as both keep what they need.
  private mutating func moveDivider(by columns: Int, _ size: Size) -> Outcome {
    guard panes(of: size).isWide else {
      return .notice(
        .note, "In a window of \(Layout.wideWidth) columns and more, this moves the line between the panes")
    }
    dividerShift += columns
    if let divider = panes(of: size).divider { dividerShift = divider - Layout.usualDivider(of: size) }
    return .none
  }

  private func withSelected(in context: Context, _ body: (Account) -> Outcome) -> Outcome {
    let accounts = context.accounts.list
    return list.selectedAccount(in: accounts).map(body) ?? .events(.notice(list.missingSelection(in: accounts)))
  }

  /// Does something with the selected account, if it can be written to from here; otherwise says why not.
  private func withWritable(in context: Context, _ body: (Account) -> Outcome) -> Outcome {
    guard context.session.writing != .readOnly else { return .notice(.note, Session.readOnlyReason) }
    return withSelected(in: context) { account in
      guard !context.accounts.list.deleted.contains(account.id) else {
        return .notice(
          .note, "\(Wording.name(of: account)) is deleted already",
          nextStep: context.hints.list(.refresh, "reads the list again"))
      }
      guard account.nameProblem == nil else {
        return .notice(
          .warning, "This account cannot be written to from here: its name cannot be read",
          nextStep: context.hints(.showRaw, "shows its JSON"))
      }
      return body(account)
    }
  }

  private func delete(_ account: Account, in context: Context) -> Outcome {
    if let pattern = context.session.protected.pattern(matching: account) {
      return .notice(
        .warning, "\(account.name) is protected from deletion, by “\(pattern)”",
        nextStep: "take that out of the profile's list first, if it has to be")
    }
    let intent = context.session.intent(.delete(account.id, name: account.name), in: context.environment)
    if case .repeats = context.writes.blocker(to: intent) {
      return .notice(
        .warning, "What became of an earlier deletion of \(account.name) is not known yet",
        nextStep: context.hints.unresolved)
    }
    return .events(.clearNotice, .open(.delete(account)))
  }

  // MARK: Text, mouse, answers

  mutating func edit(_ edit: TextEdit, in context: Context) -> Outcome {
    let layout = panes(of: context.size)
    if pane == .detail, detailPane.isTyping {
      detailPane.edit(edit, about: subjectOfDetail(in: context), in: context, layout.detail)
      return .none
    }
    var outcome = Outcome.none
    changeSelection { outcome = $0.list.edit(edit, in: context, rows: context.seenRows(of: layout.list)) }
    return outcome
  }

  mutating func press(at position: Position, in context: Context) -> Outcome {
    let layout = panes(of: context.size)
    if layout.isWide || pane == .list, layout.list.contains(position) {
      let row = list.cursor.top + position.row - layout.list.row
      guard row < list.rowCount(of: context.accounts.list) else { return .none }
      leaveDetail()
      changeSelection {
        $0.list.moveCursor(to: row, of: context.accounts.list, rows: context.seenRows(of: layout.list))
      }
    } else if layout.isWide, layout.detail.contains(position), subject(in: context) != nil, !list.isFinding {
      pane = .detail
    }
    return .none
  }

  /// Moves what is under the pointer. In the list the cursor goes with the rows, so that what commands are about is
  /// always on screen.
  mutating func scroll(_ command: Command, at position: Position, in context: Context) -> Outcome {
    let layout = panes(of: context.size)
    if layout.isWide ? layout.detail.contains(position) : pane == .detail {
      for _ in 0..<Context.wheelStep {
        _ = detailPane.reduce(command, about: subjectOfDetail(in: context), in: context, layout.detail)
      }
    } else {
      let steps = command == .moveUp ? -Context.wheelStep : Context.wheelStep
      changeSelection {
        $0.list.scroll(by: steps, of: context.accounts.list, rows: context.seenRows(of: layout.list))
      }
    }
    return .none
  }

  mutating func receive(_ answer: Answer, in context: Context) -> Outcome {
    list.receive(answer, in: context) + detailPane.receive(answer, in: context)
  }

  // MARK: Drawing

  func listView(_ context: Context) -> ListView {
    ListView(state: list, context: context, area: panes(of: context.size).list, hasKeys: pane == .list)
  }

  func subjectOfDetail(in context: Context) -> DetailState.Subject {
    let accounts = context.accounts.list
    if let account = list.selectedAccount(in: accounts) { return .account(account) }
    if case .lost(let name, _) = list.selection { return .lost(name: name) }
    return list.rowCount(of: accounts) == 0 ? .none : .pending
  }

  func draw(in frame: inout Frame, _ context: Context) -> ClosedRange<Int> {
    let layout = panes(of: context.size)
    let view = listView(context)
    if layout.isWide || pane == .list { view.draw(in: &frame) }
    frame.horizontalLine(row: context.bottomRuleRow)
    if let divider = layout.divider {
      frame.verticalLine(column: divider, rows: Context.tableHeadRow..<context.bottomRuleRow)
      frame.put(line: "┤", column: divider, row: Context.topRuleRow)
      frame.put(line: "┴", column: divider, row: context.bottomRuleRow)
    }
    if layout.isWide || pane == .detail {
      detailPane.draw(
        about: subjectOfDetail(in: context), in: &frame, context, layout.detail, isFocused: pane == .detail)
    }
    frame.put(
      cutting: " \(view.placeInList) ", column: 2, row: context.bottomRuleRow, width: context.size.width - 4)
    return context.statusRows
  }
}

extension FieldMeaning {
  fileprivate static let find = FieldMeaning(
    "Find",
    "Words of a name, or pieces of them, in any order: each has to be in the name, or its letters in their order. Case "
      + "and accents do not matter: e finds É, l finds ł, ss finds ß, and the other way round. Four characters or more "
      + "also find an account by the beginning or the end of its ID.")
}
