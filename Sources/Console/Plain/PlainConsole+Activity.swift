import Cloudflare
import FoundationEssentials
import Terminal

/// What the screen of all writes was opened for. It is open only as long as that takes.
enum ActivityWish: Equatable {
  /// The writes from this one on, counted from the newest.
  case list(from: Int)
  case one(WriteIntent.ID)
  case verify(WriteIntent.ID)
  case settle(WriteIntent.ID)
  case adopt(WriteIntent.ID)
  /// What is left of the write is to be done.
  case finish(WriteIntent.ID)
  /// The look-up of a write has been asked for.
  case verifying(WriteIntent.ID)
}

extension PlainConsole {
  func openActivity(_ command: PlainCommand) {
    var wish = ActivityWish.list(from: command.verb == .older ? printedWrites.count : 0)
    if command.verb != .older, !command.rest.isEmpty || command.verb != .activity {
      let word = command.verb.word
      guard let number = Int(command.rest) else {
        return tell("\(word) needs the number of a write: \(word) 1, for example. activity prints them.")
      }
      guard let id = printedWrites.entries[number] else {
        return tell("There is no write \(number) among those that were printed last. activity prints them.")
      }
      wish =
        switch command.verb {
        case .verify: .verify(id)
        case .settle: .settle(id)
        case .adopt: .adopt(id)
        case .finish: .finish(id)
        default: .one(id)
        }
    }
    leave()
    store.send(.command(.activity))
    step = .activity(wish)
  }

  func followActivity(_ wish: ActivityWish) -> Course {
    guard state.activity.reading == nil else { return .wait }
    switch wish {
    case .list(let first): tellWrites(from: first)
    case .one(let id): tellWrite(id)
    case .verify(let id), .settle(let id), .adopt(let id), .finish(let id):
      guard state.activity.ledger.entry(id) != nil else {
        tellWrite(id)
        break
      }
      store.send(.plain(.write(id)))
      switch wish {
      case .settle: store.send(.command(.settle))
      case .adopt: store.send(.command(.adopt))
      case .finish:
        store.send(.command(.editAccount))
        if state.dialog != nil {
          step = .command
          return .goOn
        }
      default: break
      }
      guard case .verify = wish else { break }
      store.send(.command(.verify))
      if state.activity.resolving[id] != nil { tell("Reading whether it has happened; this takes a few seconds.") }
      step = .activity(.verifying(id))
      return .goOn
    case .verifying(let id):
      guard state.activity.resolving[id] == nil else { return .wait }
      tellWrite(id)
    }
    leave()
    step = .command
    return .goOn
  }

  private func tellWrites(from first: Int) {
    let entries = Array(state.activity.ledger.entries.reversed())
    for remark in state.activityRemarks { tell(remark) }
    guard first < entries.count else {
      return tell(
        entries.isEmpty
          ? state.activity.isRead ? "Nothing has been written to the server from here." : "No writes are known."
          : "Those were all writes. activity prints the newest.")
    }
    let rows = first..<min(entries.count, first + Self.rows)
    printedWrites = PrintedWrites(count: rows.upperBound)
    tell("Writes \(first + 1) to \(rows.upperBound) of \(entries.count), the newest first.")
    for row in rows {
      let entry = entries[row]
      printedWrites.entries[row + 1] = entry.id
      let operation = entry.intent.operation
      let parts = [
        "\(operation.kind.rawValue) \(operation.name)", entry.accountID.map { "ID \(Wording.short(id: $0))" },
        state.outcomeWord(of: entry).0, entry.outcome?.status.map { "HTTP \($0)" }, Wording.minute(entry.intent.date),
      ]
      tell("\(row + 1). \(parts.compactMap(\.self).joined(separator: ", "))")
    }
    let more = rows.upperBound < entries.count ? "older goes on. " : ""
    tell(more + "activity N tells all of one write, verify N finds out what became of it.")
  }

  private func tellWrite(_ id: WriteIntent.ID) {
    guard let entry = state.activity.ledger.entry(id) else {
      return tell("The journal does not have that write any more. activity prints those that it has.")
    }
    tell(state.entryLines(of: entry, width: Self.size.width, namesKeys: false))
    if state.pendingRequirement(of: entry) != nil { tell("finish requires two-factor.") }
    let isOpen = state.activity.standing(of: entry) == .unknown
    tell(isOpen ? "verify finds out by reading what became of it." : "activity prints all writes.")
  }
}
