import Cloudflare
import FoundationEssentials
import Terminal

/// What the screen of all writes was opened for. It is open only as long as that takes.
enum ActivityRequest: Equatable {
  /// The writes from this one on, counted from the newest.
  case list(from: Int)
  case one(WriteIntent.ID)
  case verify(WriteIntent.ID)
  case dismiss(WriteIntent.ID)
  case adopt(WriteIntent.ID)
  /// What is left of the write is to be done.
  case finish(WriteIntent.ID)
  /// The look-up of a write has been asked for.
  case verifying(WriteIntent.ID)
}

extension PlainConsole {
  func openActivity(_ command: PlainCommand) {
    var edits = ActivityRequest.list(from: command.verb == .older ? printedWrites.count : 0)
    if command.verb != .older, !command.rest.isEmpty || command.verb != .activity {
      let word = command.verb.word
      guard let number = Int(command.rest) else {
        return show("\(word) needs the number of a write: \(word) 1, for example. activity prints them.")
      }
      guard let id = printedWrites.entries[number] else {
        return show("There is no write \(number) among those that were printed last. activity prints them.")
      }
      edits =
        switch command.verb {
        case .verify: .verify(id)
        case .dismiss: .dismiss(id)
        case .adopt: .adopt(id)
        case .finish: .finish(id)
        default: .one(id)
        }
    }
    leaveScreens()
    store.send(.command(.activity))
    step = .activity(edits)
  }

  func nextActivity(_ edits: ActivityRequest) -> NextPrompt {
    guard !state.writes.isReading else { return .wait }
    switch edits {
    case .list(let first): showWrites(from: first)
    case .one(let id): showWrite(id)
    case .verify(let id), .dismiss(let id), .adopt(let id), .finish(let id):
      guard state.writes.history.entry(id) != nil else {
        showWrite(id)
        break
      }
      store.send(.plain(.write(id)))
      switch edits {
      case .dismiss: store.send(.command(.dismiss))
      case .adopt: store.send(.command(.adopt))
      case .finish:
        store.send(.command(.editAccount))
        if state.dialog != nil {
          step = .command
          return .goOn
        }
      default: break
      }
      guard case .verify = edits else { break }
      store.send(.command(.verify))
      if state.writes[id].isLookedUp { show("Reading whether it has happened; this takes a few seconds.") }
      step = .activity(.verifying(id))
      return .goOn
    case .verifying(let id):
      guard !state.writes[id].isLookedUp else { return .wait }
      showWrite(id)
    }
    leaveScreens()
    step = .command
    return .goOn
  }

  private func showWrites(from first: Int) {
    let entries = Array(state.writes.history.entries.reversed())
    for message in state.plainContext.journalWarnings { show(message) }
    guard first < entries.count else {
      return show(
        entries.isEmpty
          ? state.writes.isRead ? "Nothing has been written to the server from here." : "No writes are known."
          : "Those were all writes. activity prints the newest.")
    }
    let rows = first..<min(entries.count, first + Self.rows)
    printedWrites = PrintedWrites(count: rows.upperBound)
    show("Writes \(first + 1) to \(rows.upperBound) of \(entries.count), the newest first.")
    for row in rows {
      let entry = entries[row]
      printedWrites.entries[row + 1] = entry.id
      let operation = entry.intent.operation
      let parts = [
        "\(operation.kind.rawValue) \(operation.name)", entry.accountID.map { "ID \(Wording.short(id: $0))" },
        state.plainContext.outcomeWord(of: entry).0, entry.outcome?.httpStatus.map { "HTTP \($0)" },
        Wording.minute(entry.intent.date),
      ]
      show("\(row + 1). \(parts.compactMap(\.self).joined(separator: ", "))")
    }
    let more = rows.upperBound < entries.count ? "older goes on. " : ""
    show(more + "activity N tells all of one write, verify N finds out what became of it.")
  }

  private func showWrite(_ id: WriteIntent.ID) {
    guard let entry = state.writes.history.entry(id) else {
      return show("The journal does not have that write any more. activity prints those that it has.")
    }
    show(state.plainContext.entryText(of: entry, namesKeys: false))
    if state.writes.pendingRequirement(of: entry, state.session, state.accounts.list) != nil {
      show("finish requires two-factor.")
    }
    let isOpen = state.writes.verdict(of: entry) == .unknown
    show(isOpen ? "verify finds out by reading what became of it." : "activity prints all writes.")
  }
}
