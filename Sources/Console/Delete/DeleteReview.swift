import Cloudflare

extension State {
  /// The account that a deletion is being decided about.
  var reviewedAccount: Account.ID? {
    guard case .delete(let deletion) = dialog else { return nil }
    return deletion.captured.id
  }

  mutating func openDelete(at moment: Moment) -> [Effect] {
    guard let account = selectedForWriting() else { return [] }
    if let pattern = session.protected.pattern(matching: account) {
      notice = Notice(
        .warning, "\(account.name) is protected from deletion, by “\(pattern)”",
        nextStep: "take that out of the profile's list first, if it has to be")
      return []
    }
    let intent = intent(.delete(account.id, name: account.name), at: moment)
    if case .repeats = activity.hindrance(to: intent) {
      notice = Notice(
        .warning, "What became of an earlier deletion of \(account.name) is not known yet",
        nextStep: stepToDoubt)
      return []
    }
    notice = nil
    return beginReview(of: account, at: moment)
  }

  /// Reads everything that the review tells: the account, what it holds, and whether others have its name.
  mutating func beginReview(of account: Account, at moment: Moment, remark: String? = nil) -> [Effect] {
    var effects = stopResting() + giveUpInventory(of: account.id)
    // Nothing that was read before counts.
    inventory.change(account.id) { $0 = Inventory() }
    let token = nextToken()
    effects += [.terminal(.discardTypedAhead), .readDeletionTarget(id: account.id, token: token)]
    var namesakes = DeleteState.Namesakes.known(others: [])
    if !account.name.allSatisfy(\.isWhitespace) {
      let question = nextToken()
      namesakes = .asking(question)
      effects.append(.readDeletionNamesakes(name: account.name, token: question))
    }
    var deletion = DeleteState(
      account: account, isOnlyOne: browse.list.rowCount == 1 && !browse.list.isOpen, namesakes: namesakes,
      openedOn: moment.date, phase: .reading(token))
    deletion.remark = remark
    dialog = .delete(deletion)
    return effects + readInventory(of: account.id, parts: InventoryPart.allCases, priority: .interactive)
  }

  /// Whether everything that the review waits for has come, or is known not to come.
  func isReviewed(_ deletion: DeleteState) -> Bool {
    guard deletion.phase == .review else { return false }
    if case .asking = deletion.namesakes { return false }
    return inventory[deletion.account.id].isSettled
  }

  /// Reads the review's subject in.
  func review(
    _ result: Result<Account, CloudflareError>, of deletion: DeleteState
  ) -> (phase: DeleteState.Phase, account: Account) {
    switch result {
    case .success(let fresh) where deletion.captured.isShown(by: fresh): (.review, fresh)
    case .success(let fresh): (.barred(.changed(fresh)), deletion.captured)
    case .failure(let error):
      (.barred(error.saysGone ? .gone(error) : .unreadable(error)), deletion.captured)
    }
  }

  /// Takes in whether others have the name.
  func namesakes(
    _ result: Result<AccountPage, CloudflareError>, of deletion: DeleteState
  ) -> DeleteState.Namesakes {
    let loaded = browse.list.loaded(named: deletion.captured.name).map(\.id)
    return DeleteState.Namesakes(
      result, of: deletion.captured, loaded: Set(loaded).subtracting([deletion.captured.id]))
  }

  /// Gives up what is still being read for a review that is left.
  mutating func endReview(_ deletion: DeleteState) -> [Effect] {
    dialog = nil
    var effects: [Effect] = []
    if case .reading = deletion.phase { effects.append(.cancel(.deletionTarget)) }
    if case .asking = deletion.namesakes { effects.append(.cancel(.deletionNamesakes)) }
    // What is on screen behind the review goes on being read.
    if detailSubject != deletion.captured.id { effects += giveUpInventory(of: deletion.captured.id) }
    return effects
  }
}

extension Account {
  /// Whether a fresh reading is what the row showed. Lists may leave type and parent out, so only what was shown can
  /// differ.
  fileprivate func isShown(by fresh: Account) -> Bool {
    fresh.id == id && fresh.name.unicodeScalars.elementsEqual(name.unicodeScalars) && hasType(shownBy: fresh)
      && hasParent(shownBy: fresh)
  }

  func hasType(shownBy fresh: Account) -> Bool { type == nil || fresh.type == nil || fresh.type == type }

  func hasParent(shownBy fresh: Account) -> Bool { managedBy == nil || fresh.managedBy?.id == managedBy?.id }
}
