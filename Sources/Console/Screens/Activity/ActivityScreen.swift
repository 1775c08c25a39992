import Terminal

/// The screen of all writes, newest first, in place of the list of accounts.
struct ActivityScreen: Sendable, Equatable {
  /// The write that commands are about; whatever comes in above it, it stays the same one.
  var selection: WriteIntent.ID?
  /// The first row on screen.
  var top = 0
  /// Whether all that is known of one write takes the place of the rows.
  var isDetailOpen = false
  /// Lines of that above its first visible one.
  var scroll = 0
}

extension State {
  mutating func openActivity() -> [Effect] {
    notice = nil
    activity.screen = ActivityScreen(selection: activity.history.entries.last?.id)
    return readJournal()
  }

  mutating func reduceActivity(_ command: Command, in environment: Environment) -> [Effect] {
    guard var screen = activity.screen else { return [] }
    let entry = selectedEntry(of: screen)
    switch command {
    case .back:
      notice = nil
      if screen.isDetailOpen {
        screen.isDetailOpen = false
        activity.screen = screen
      } else {
        activity.screen = nil
      }
      return []
    case .refresh: return readJournal()
    case .open:
      screen.isDetailOpen = entry != nil
      screen.scroll = 0
      activity.screen = screen
      return []
    case .verify: return entry.map { verify($0, in: environment) } ?? []
    case .dismiss: return entry.map { dismiss($0, in: environment) } ?? []
    case .adopt: return entry.map { adopt($0.id, in: environment) } ?? []
    case .editAccount: return entry.map { openRequirement(of: $0) } ?? []
    default:
      if screen.isDetailOpen {
        let area = activityLayout.detail
        let lines = entry.map { entryText(of: $0).lines(width: area.width).count } ?? 0
        screen.scroll = scrolled(screen.scroll, command, rows: area.height, lines: lines)
      } else {
        move(&screen, command)
      }
      activity.screen = screen
      return []
    }
  }

  func selectedEntry(of screen: ActivityScreen) -> WriteHistory.Entry? {
    screen.selection.flatMap(activity.history.entry)
  }

  /// Selects the newest write where none is, and says so where the selected one is gone.
  mutating func syncSelection() {
    guard var screen = activity.screen, selectedEntry(of: screen) == nil else { return }
    if screen.selection != nil {
      notice = Notice(.warning, "The write that was selected is not in the journal any more")
    }
    screen.selection = activity.history.entries.last?.id
    screen.isDetailOpen = false
    activity.screen = screen
  }

  /// The row of the selected write, from 0 for the newest.
  func selectedRow(of screen: ActivityScreen) -> Int {
    let entries = activity.history.entries
    guard let id = screen.selection, let index = entries.lastIndex(where: { $0.id == id }) else { return 0 }
    return entries.count - 1 - index
  }

  private func move(_ screen: inout ActivityScreen, _ command: Command) {
    let entries = activity.history.entries
    guard !entries.isEmpty else { return }
    var cursor = cursor(of: screen)
    cursor.move(command, rows: activityRows, count: entries.count)
    screen.selection = entries[entries.count - 1 - cursor.row].id
    screen.top = cursor.top
  }

  /// The rows on screen, with the selected one among them.
  func cursor(of screen: ActivityScreen) -> ListCursor {
    var cursor = ListCursor(row: selectedRow(of: screen), top: screen.top)
    cursor.reveal(rows: activityRows, count: activity.history.entries.count)
    return cursor
  }

  private mutating func verify(_ entry: WriteHistory.Entry, in environment: Environment) -> [Effect] {
    switch activity.status(of: entry) {
    case .unknown, .sendingElsewhere:
      notice = nil
      return lookUp(entry.id, in: environment)
    case .sending:
      notice = Notice(.note, "It is on its way from here")
    case .notDone, .dismissed:
      notice = nil
      return lookUp(entry.id, in: environment)
    case .confirmed, .refused:
      notice = Notice(.note, "It is known what became of it")
    }
    return []
  }

  /// For a write that cannot be found out about: a person has looked elsewhere, and takes the responsibility.
  private mutating func dismiss(_ entry: WriteHistory.Entry, in environment: Environment) -> [Effect] {
    guard activity.status(of: entry) == .unknown, activity[entry.id].lookUp == nil else {
      notice = Notice(.note, "Only a write that is not known to have happened can be dismissed by hand")
      return []
    }
    if let watch = activity[entry.id].watch {
      notice = Notice(.note, "It may still act: it is looked up again until \(Wording.second(watch.until))")
      return []
    }
    guard activity[entry.id].finding != nil || !canLookUp(entry) else {
      notice = Notice(.note, "It has not been looked up yet", nextStep: hint(.verify, "does"))
      return []
    }
    let outcome = WriteOutcome(
      .dismissed, date: environment.date, accountID: entry.intent.operation.accountID,
      explanation: "Dismissed by hand, without its being known what happened.")
    activity.history.apply(.outcome(entry.id, outcome))
    activity[entry.id].finding = nil
    notice = Notice(.note, "Dismissed by hand: it blocks no other write any more")
    return [record(outcome, of: entry.id)]
  }
}
