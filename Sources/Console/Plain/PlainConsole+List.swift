import Cloudflare
import Terminal

extension PlainConsole {
  /// Continues the last command.
  func nextStep() -> NextPrompt {
    announced.deletion = nil
    announced.lines = []
    switch step {
    case .command:
      // A script must not end before its writes are recorded.
      return !state.writes.isRecording ? .question(Self.prompt) : .wait
    case .starting: return nextStart()
    case .listing: return nextListing()
    case .finding: return nextFinding()
    case .loadingAll:
      guard state.accounts.loadAll == nil else { return .wait }
      step = .command
    case .opening(let id): return nextOpening(id)
    case .raw: return nextRaw()
    case .activity(let request): return nextActivity(request)
    }
    return .goOn
  }

  /// Goes to a part of the list, and prints it when it is loaded.
  func goTo(_ command: PlainCommand) {
    let count = state.rowCount
    let first: Int
    switch command.verb {
    case .next:
      guard printed.entries.isEmpty || printed.firstRow + Self.rows < count else {
        return show("That is the end of the list. prev goes back, first to the beginning.")
      }
      first = printed.entries.isEmpty ? printed.firstRow : printed.firstRow + Self.rows
    case .previous:
      guard printed.firstRow > 0 else { return show("That is the beginning of the list. next goes on.") }
      first = max(0, printed.firstRow - Self.rows)
    case .page:
      let pages = max(1, (count + Self.rows - 1) / Self.rows)
      guard let page = Int(command.rest), (1...pages).contains(page) else {
        return show("page goes from 1 to \(pages): page 2, for example.")
      }
      first = (page - 1) * Self.rows
    case .first: first = 0
    case .last: first = max(0, (count - 1) / Self.rows * Self.rows)
    default: first = printed.firstRow
    }
    leaveScreens()
    printList(from: first)
  }

  func printList(from first: Int) {
    let first = max(0, min(first, state.rowCount - 1))
    guard state.accounts.list.isLoaded else {
      store.send(.command(.refresh))
      step = .starting
      return
    }
    printed.firstRow = first
    store.send(.plain(.rows(from: first)))
    step = .listing
    if !areRowsHere { show("Reading the accounts from \(Wording.number(first + 1)) on.") }
  }

  private var rowsToPrint: Range<Int> {
    let count = state.rowCount
    // The list may have become shorter.
    let first = max(0, min(printed.firstRow, count - 1))
    return first..<min(count, first + Self.rows)
  }

  /// Whether every row is loaded or has failed.
  private var areRowsHere: Bool {
    rowsToPrint.allSatisfy { row in
      switch state.row(at: row) {
      case .pending(let page): state.accounts.failures[page] != nil
      case .account, nil: true
      }
    } && state.accounts.loading.allSatisfy { !isOnScreen(page: $0) }
  }

  /// Whether the page has a row to print.
  private func isOnScreen(page: Int) -> Bool {
    rowsToPrint.contains { row in
      switch state.row(at: row) {
      case .pending(let own): own == page
      case .account(let id): state.accounts.list.page(of: id) == page
      case nil: false
      }
    }
  }

  private func nextStart() -> NextPrompt {
    let list = state.accounts.list
    if let failure = state.accounts.failures[1] {
      show("The accounts could not be read. \(failure.explanation.sentence)")
      if let next = failure.nextStep { show(next.sentence) }
      show("refresh tries again, help tells all commands, quit leaves.")
    } else if list.isLoaded {
      let count = list.knownCount
      let more = list.isOpen ? " or more" : ""
      let creation = state.session.writing == .readOnly ? "" : "new creates the first one. "
      show(
        count == 0
          ? "There are no accounts here. \(creation)help tells all commands."
          : "\(Wording.number(count))\(more) \(count == 1 ? "account" : "accounts"). "
            + "list prints the first \(min(count, Self.rows)), find looks for some, help tells all commands.")
    } else {
      return .wait
    }
    step = .command
    return .goOn
  }

  private func nextListing() -> NextPrompt {
    guard areRowsHere else { return .wait }
    step = .command
    let list = state.accounts.list
    let rows = rowsToPrint
    guard !rows.isEmpty else {
      printed = PrintedList()
      show(
        state.browse.list.find == nil ? "There are no accounts here." : "No account matches. all takes the search away."
      )
      return .goOn
    }
    printed = PrintedList(firstRow: rows.lowerBound)
    show(heading(rows))
    let created = list.created
    for row in rows {
      switch state.row(at: row) {
      case .account(let id):
        guard let account = list.account(id) else { continue }
        printed.entries[row + 1] = account
        show("\(row + 1). \(line(of: account, isCreated: created.contains(id)))")
      case .pending(let page): show("\(row + 1). Page \(page) of the server did not come.")
      case nil: break
      }
    }
    let more = rows.upperBound < state.rowCount ? "next goes on. " : ""
    let verbs =
      state.session.writing == .readOnly ? "open N tells more" : "open N, edit N and delete N are about one account"
    show(more + verbs.sentence)
    return .goOn
  }

  private func heading(_ rows: Range<Int>) -> String {
    let (list, browse) = (state.accounts.list, state.browse.list)
    let range = "\(Wording.number(rows.lowerBound + 1)) to \(Wording.number(rows.upperBound))"
    let isOpen = list.isOpen && browse.arrangement == nil
    let total = isOpen ? "\(Wording.number(list.knownCount)) or more" : Wording.number(state.rowCount)
    if let find = browse.find, find.isFiltering {
      let next = list.isWhole ? "" : " load reads the rest."
      let searched = state.browse.listView(state.plainContext).searched(find)
      return "\(range) of \(total) that match \(find.field.text), \(searched).\(next)"
    }
    var text = "Accounts \(range) of \(total)"
    if let sort = browse.sort { text += ", sorted \(sort.words)" }
    switch list.earlyEnd {
    case .lastPage: text += "; the server says that there are no more pages"
    case .emptyPage(let page): text += "; page \(page) of the server came empty"
    case .repeatedPage: text += "; this credential sees no further"
    case nil: break
    }
    if let leftOut = list.leftOutWords { text += "; \(leftOut)" }
    return text + "."
  }

  /// One account in one line.
  func line(of account: Account, isCreated: Bool = false) -> String {
    var parts = [Wording.name(of: account)]
    if let problem = account.nameProblem { parts.append(problem.words) }
    if state.accounts.list.deleted.contains(account.id) { parts.append("deleted") }
    if isCreated { parts.append("just created") }
    parts.append(Wording.type(account.type))
    if account.settings?.enforceTwoFactor == true { parts.append("two-factor required") }
    if let date = account.createdOn { parts.append("created \(Wording.day(date))") }
    parts.append("ID \(Wording.short(id: account.id))")
    return parts.joined(separator: ", ")
  }

  private func nextFinding() -> NextPrompt {
    switch state.browse.list.find?.asking {
    case .debouncing, .asked: return .wait
    case .failed(let error): show("The server could not be asked. \(error.explanation.sentence)")
    case .needless, .answered, nil: break
    }
    store.send(.command(.accept))
    printList(from: 0)
    return .goOn
  }

  private func nextOpening(_ id: Account.ID) -> NextPrompt {
    let inventory = state.accounts.inventory[id]
    let context = state.plainContext
    guard state.browse.detailPane.reading == nil, inventory.loadingParts.isEmpty else { return .wait }
    step = .command
    guard state.selectedAccount?.id == id else { return .goOn }
    show(state.browse.detailPane.text(about: state.browse.subjectOfDetail(in: context), in: context, isOpen: true))
    show("json shows it as the server sends it, refresh reads it again, all goes back to the list.")
    return .goOn
  }

  private func nextRaw() -> NextPrompt {
    guard let json = state.layer(JSONState.self) else {
      step = .command
      return .goOn
    }
    if case .loading = json.phase { return .wait }
    step = .command
    show(json.text(in: state.plainContext))
    store.send(.command(.cancel))
    return .goOn
  }

  /// Prints the text of a screen, without line breaks.
  func show(_ blocks: [Block]) {
    for sentence in blocks.flatMap(\.sentences) { show(sentence) }
  }
}
