import Cloudflare
import Terminal

extension State {
  /// How long typing has to pause before the server is asked.
  static let findDebounce: Duration = .milliseconds(250)

  /// Whether keys go to the find line.
  var isFinding: Bool { browse.find?.isEditing == true }

  /// Opens the line with what is looked for already, if anything is.
  mutating func openFind() -> [Effect] {
    notice = nil
    browse.pane = .list
    if browse.find == nil {
      browse.find = FindState(origin: browse.selection)
      browse.isFollowingEnd = false
      // Here rather than with the first letter: nobody types that fast.
      browse.syncIndex()
    }
    browse.find?.isEditing = true
    return []
  }

  mutating func reduceFind(_ command: Command) -> [Effect] {
    switch command {
    case .cancel: return closeFind()
    case .accept:
      browse.find?.isEditing = false
      return browse.find?.isFiltering == true ? [] : closeFind()
    default: return move(command)
    }
  }

  mutating func editFind(_ edit: TextEdit) -> [Effect] {
    guard var field = browse.find?.field else { return [] }
    field.apply(edit)
    browse.find?.field = field
    let query = FuzzyQuery(field.text)
    guard query != browse.find?.query else { return [] }
    notice = nil
    browse.find?.index.search(query)
    let selected = browse.selectedAccount?.id
    browse.arrange()
    // An account that was gone to by hand stays selected while it matches.
    if browse.find?.hasMoved == true, let selected, browse.index(of: selected) != nil {
      browse.keepSelectionVisible(rows: listRows)
    } else {
      browse.find?.hasMoved = false
      selectMatch()
    }
    return askServerLater()
  }

  mutating func reduce(_ action: FindAction) -> [Effect] {
    switch action {
    case .debounced:
      guard browse.find?.asking == .debouncing else { return [] }
      let effects = askServer()
      // The last page may have come while typing paused.
      if effects.isEmpty { browse.find?.asking = .needless }
      return effects
    case .answered(let token, let result):
      guard browse.find?.asking == .asked(token) else { return [] }
      switch result {
      case .success(let page):
        browse.find?.asking = .answered(isFull: page.accounts.count >= session.perPage)
        changeList { $0.insertFound(page.accounts) }
        // Nothing was selected as long as nothing matched.
        if browse.selectedAccount == nil, browse.find?.hasMoved == false { selectMatch() }
      case .failure(let error) where error.saysGone: browse.find?.asking = .answered(isFull: false)
      case .failure(let error): browse.find?.asking = .failed(error)
      }
      return []
    }
  }

  /// Takes the filter away. The selected account stays selected, wherever it stands.
  mutating func closeFind() -> [Effect] {
    guard let find = browse.find else { return [] }
    browse.find = nil
    notice = nil
    var effects: [Effect] = []
    if case .account(let id) = browse.selection, browse.index(of: id) != nil {
      changeList { $0.forgetFound(keeping: id) }
    } else {
      browse.selection = find.origin
      changeList { $0.forgetFound() }
    }
    switch find.asking {
    case .debouncing: effects.append(.cancel(.findDebounce))
    case .asked: effects.append(.cancel(.find))
    case .needless, .answered, .failed: break
    }
    return effects
  }

  /// Asks the server again for what is looked for, as a refresh does.
  mutating func askServer() -> [Effect] {
    guard let find = browse.find, find.isFiltering, !browse.list.isCurrent else { return [] }
    let token = nextToken()
    browse.find?.asking = .asked(token)
    let name = find.query.words.map { String($0) }.joined(separator: " ")
    let request = find.query.wholeIdentifier.map(FindRequest.identifier) ?? .name(name)
    return [.find(request, perPage: session.perPage, token: token)]
  }

  /// The best match while a person types, unless the cursor was moved by hand.
  private mutating func selectMatch() {
    guard let find = browse.find else { return }
    if find.isFiltering {
      browse.top = 0
      browse.select(row: 0)
    } else {
      browse.selection = find.origin
      changeList { _ in }
    }
  }

  private mutating func askServerLater() -> [Effect] {
    var effects: [Effect] = []
    if case .asked = browse.find?.asking { effects.append(.cancel(.find)) }
    guard browse.find?.isFiltering == true, !browse.list.isCurrent else {
      if browse.find?.asking == .debouncing { effects.append(.cancel(.findDebounce)) }
      browse.find?.asking = .needless
      return effects
    }
    browse.find?.asking = .debouncing
    return effects + [.wait(.findDebounce, for: Self.findDebounce, then: .find(.debounced))]
  }
}
