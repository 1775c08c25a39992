import Cloudflare
import FoundationEssentials
import Terminal

/// The reason for which the screen of all writes is open. Plain mode closes it afterwards.
enum ActivityRequest: Equatable {
  /// To print the writes from this one on, counted from the newest.
  case list(from: Int)
  /// To carry out a command on one write.
  case write(WriteIntent.ID, PlainCommand.Verb)
  /// To print a write when its look-up ends.
  case verifying(WriteIntent.ID)
}

extension PlainConsole {
  func openActivity(_ command: PlainCommand) {
    var request = ActivityRequest.list(from: command.verb == .older ? printedWrites.keys.max() ?? 0 : 0)
    if command.verb != .older, !command.rest.isEmpty || command.verb != .activity {
      let word = command.verb.rawValue
      guard let number = Int(command.rest) else {
        return show("\(word) needs the number of a write: \(word) 1, for example. activity prints them.")
      }
      guard let id = printedWrites[number] else {
        return show("There is no write \(number) among those that were printed last. activity prints them.")
      }
      request = .write(id, command.verb)
    }
    leaveScreens()
    store.send(.command(.activity))
    step = .activity(request)
  }

  func nextActivity(_ request: ActivityRequest) -> NextPrompt {
    guard !state.writes.isReading else { return .wait }
    switch request {
    case .list(let first): showWrites(from: first)
    case .write(let id, let verb):
      store.send(.plain(.write(id)))
      switch verb {
      case _ where state.writes.history.entry(id) == nil: showWrite(id)
      case .dismiss: store.send(.command(.dismiss))
      case .adopt: store.send(.command(.adopt))
      case .finish:
        store.send(.command(.editAccount))
        guard state.dialog == nil else {
          step = .command
          return .goOn
        }
      case .verify:
        store.send(.command(.verify))
        if state.writes[id].isLookedUp { show("Reading whether it has happened; this takes a few seconds.") }
        step = .activity(.verifying(id))
        return .goOn
      default: showWrite(id)
      }
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
    printedWrites = [:]
    show("Writes \(first + 1) to \(rows.upperBound) of \(entries.count), the newest first.")
    for row in rows {
      let entry = entries[row]
      printedWrites[row + 1] = entry.id
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
