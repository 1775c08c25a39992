import Cloudflare
import FoundationEssentials
import Terminal

/// The one place where the state changes: pure, so that the same state and action always give the same result.
///
/// - Returns: what is to be done outside, in order.
func reduce(_ state: inout State, _ action: Action, in environment: Environment) -> [Effect] {
  let subject = state.detailSubject
  let context = state.inputContext
  var effects = carryOut(action, on: &state, in: environment) + state.correctWrites(by: action, in: environment)
  effects += state.discardKeys(typedIn: context, after: action, effects)
  return effects + state.sync(from: subject, in: environment)
}

/// What an action does by itself, before what follows from the state that it leaves.
func carryOut(_ action: Action, on state: inout State, in environment: Environment) -> [Effect] {
  state.now = Date(timeIntervalSince1970: (environment.date.timeIntervalSince1970 / 60).rounded(.down) * 60)
  switch action {
  case .start(let size, let note):
    state.size = size
    state.notice = note.map { Notice(.warning, $0) }
    return state.readJournal() + state.readListCache()
  case .resize(let size):
    return state.resized(to: size, because: "the window changed")
  case .resume(let size):
    return state.resized(to: size, because: "the program was suspended")
  case .focusLost:
    return state.disarmDeletion(because: "the focus went elsewhere")
  case .end:
    return state.disarmDeletion(because: "the program ends") + [.terminal(.quit)]
  case .command(let command):
    return reduce(&state, command, in: environment)
  case .edit(let edit):
    return state.edit(edit)
  case .burst(let keys):
    return state.reduceBurst(keys, in: environment)
  case .mouse(let event):
    return state.reduce(event, in: environment)
  case .paste(let text):
    return state.paste(text, in: environment)
  case .browse(let action):
    return state.reduce(action, in: environment)
  case .find(let action):
    return state.reduce(action)
  case .listCache(let action):
    return state.reduce(action)
  case .inventory(let action):
    return state.reduce(action, in: environment)
  case .raw(let action):
    return state.reduce(action)
  case .create(let action):
    return state.reduce(action, in: environment)
  case .change(let action):
    return state.reduce(action, in: environment)
  case .delete(let action):
    return state.reduce(action, in: environment)
  case .activity(let action):
    return state.reduce(action, in: environment)
  case .waitIndicator:
    state.waitIndicator.due = nil
    return []
  case .budget(let action):
    return state.reduce(action)
  case .plain(let action):
    return state.reduce(action)
  case .clipboard(let action):
    return state.reduce(action)
  }
}

/// Commands go to what is in front; a few mean the same everywhere.
private func reduce(_ state: inout State, _ command: Command, in environment: Environment) -> [Effect] {
  switch command {
  case .suspend: return state.disarmDeletion(because: "the program was suspended") + [.terminal(.suspend)]
  case .redraw:
    let effects = state.isDeletionCountingDown ? state.disarmDeletion(because: "a key was pressed") : []
    return effects + [.terminal(.redraw)]
  case .interrupt, .quit: return state.disarmDeletion(because: "the program ends") + state.leave()
  case .back where state.showsRateLimitWait: return state.giveUpWaiting()
  case .help where state.help == nil && !state.isDeletionCountingDown:
    state.openHelp()
    return []
  case .palette where state.help == nil && !state.isDeletionCountingDown: return state.openPalette()
  default: break
  }
  if state.help != nil {
    state.reduceHelp(command)
    return []
  }
  if state.palette != nil {
    // What was chosen is done where the palette was asked for.
    return state.reducePalette(command).map { reduce(&state, $0, in: environment) } ?? []
  }
  switch command {
  case .copyID, .copyName, .copyReceipt, .openDashboard: return state.reduceCopying(command)
  default: break
  }
  switch state.dialog {
  case .create: return state.reduceCreate(command, in: environment)
  case .edit: return state.reduceEdit(command, in: environment)
  case .delete: return state.reduceDelete(command, in: environment)
  case nil where state.raw != nil: return state.reduceRaw(command)
  case nil where state.activity.screen != nil: return state.reduceActivity(command, in: environment)
  case nil where state.isSearchingDetail: return state.reduceDetailSearch(command)
  case nil where state.isFinding: return state.reduceFind(command)
  case nil: return state.reduceBrowse(command, in: environment)
  }
}

extension State {
  /// Brings everything that follows from the state up to it: once, after each action.
  ///
  /// - Parameter subject: the account whose details were on screen before.
  fileprivate mutating func sync(from subject: Account.ID?, in environment: Environment) -> [Effect] {
    var effects = syncRateLimitWait(in: environment) + syncDetailReading() + syncPages()
    browse.syncRows(rows: listRows)
    // A message may cover the cursor by now; scrolling brings other pages on screen.
    if uncoverCursor() { effects += syncPages() }
    return effects + syncDetail(from: subject) + syncList() + syncWaitIndicator(in: environment)
  }

  /// Changes the list, with the selection on the same account and that account on the same line of the screen.
  mutating func changeList(_ change: (inout AccountList) -> Void) {
    browse.changeList(rows: listRows, change)
  }

  /// Keys belong to the screen that they were typed for. Where an answer puts another one in its place, those that have
  /// not been handled yet are dropped, so that none of them is a command of the screen behind a form that has closed.
  fileprivate func discardKeys(typedIn context: InputContext, after action: Action, _ effects: [Effect]) -> [Effect] {
    let now = inputContext
    guard now != context, !now.dropsKeys, !action.isPersons, !session.takesLines else { return [] }
    let discard = Effect.terminal(.discardTypedAhead)
    return effects.contains(discard) ? [] : [discard]
  }

  fileprivate mutating func resized(to size: Size, because reason: String) -> [Effect] {
    self.size = size
    let effects = disarmDeletion(because: reason)
    browse.keepSelectionVisible(rows: listRows)
    return effects
  }

  mutating func edit(_ edit: TextEdit) -> [Effect] {
    if help != nil {
      editHelp(edit)
      return []
    }
    if palette != nil {
      editPalette(edit)
      return []
    }
    switch dialog {
    case .create: return editCreate(edit)
    case .edit(var form):
      form.edit(edit)
      dialog = .edit(form)
      return []
    case .delete: return editDelete(edit)
    case nil: return isSearchingDetail ? editDetailSearch(edit) : editFind(edit)
    }
  }
}
