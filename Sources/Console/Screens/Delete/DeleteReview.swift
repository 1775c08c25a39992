import Cloudflare

extension State {
  /// The account that a deletion is being decided about.
  var reviewedAccount: Account.ID? {
    guard case .delete(let deletion) = dialog else { return nil }
    return deletion.captured.id
  }

  mutating func openDelete(in environment: Environment) -> [Effect] {
    guard let account = selectedForWriting() else { return [] }
    if let pattern = session.protected.pattern(matching: account) {
      notice = Notice(
        .warning, "\(account.name) is protected from deletion, by “\(pattern)”",
        nextStep: "take that out of the profile's list first, if it has to be")
      return []
    }
    let intent = intent(.delete(account.id, name: account.name), in: environment)
    if case .repeats = activity.blocker(to: intent) {
      notice = Notice(
        .warning, "What became of an earlier deletion of \(account.name) is not known yet",
        nextStep: stepToUnresolved)
      return []
    }
    notice = nil
    return beginReview(of: account, in: environment)
  }

  /// Reads everything that the review tells: the account, what it holds, and whether others have its name.
  mutating func beginReview(of account: Account, in environment: Environment, message: String? = nil) -> [Effect] {
    var effects = stopDebouncing() + giveUpInventory(of: account.id)
    // Nothing that was read before counts.
    inventory.change(account.id) { $0 = Inventory() }
    let token = nextToken()
    effects += [.terminal(.discardTypedAhead), .readDeletionTarget(id: account.id, token: token)]
    var duplicateNames = DeleteState.DuplicateNames.known(others: [])
    if !account.name.allSatisfy(\.isWhitespace) {
      let question = nextToken()
      duplicateNames = .asking(question)
      effects.append(.readDeletionDuplicateNames(name: account.name, token: question))
    }
    var deletion = DeleteState(
      account: account, isOnlyOne: browse.list.rowCount == 1 && !browse.list.isOpen, duplicateNames: duplicateNames,
      openedOn: environment.date, phase: .reading(token))
    deletion.message = message
    dialog = .delete(deletion)
    return effects + readInventory(of: account.id, parts: InventoryPart.allCases, priority: .interactive)
  }

  /// Whether everything that the review waits for has come, or is known not to come.
  func isReviewed(_ deletion: DeleteState) -> Bool {
    guard deletion.phase == .review else { return false }
    if case .asking = deletion.duplicateNames { return false }
    return inventory[deletion.account.id].isFinished
  }

  /// Whether the review still waits for something, so that nothing can be decided in it.
  func isReading(for deletion: DeleteState) -> Bool { deletion.inputContext == .review && !isReviewed(deletion) }

  /// Takes in whether others have the name.
  func duplicateNames(
    _ result: Result<AccountPage, CloudflareError>, of deletion: DeleteState
  ) -> DeleteState.DuplicateNames {
    let loaded = browse.list.loaded(named: deletion.captured.name).map(\.id)
    return DeleteState.DuplicateNames(
      result, of: deletion.captured, loaded: Set(loaded).subtracting([deletion.captured.id]),
      listTotal: browse.list.total)
  }

  /// Gives up what is still being read for a review that is left.
  mutating func endReview(_ deletion: DeleteState) -> [Effect] {
    dialog = nil
    var effects: [Effect] = []
    if case .reading = deletion.phase { effects.append(.cancel(.deletionTarget)) }
    if case .asking = deletion.duplicateNames { effects.append(.cancel(.deletionDuplicateNames)) }
    // What is on screen behind the review goes on being read.
    if detailSubject != deletion.captured.id { effects += giveUpInventory(of: deletion.captured.id) }
    return effects
  }
}

extension DeleteState {
  /// Takes in a reading of the account, and bars the deletion of one that is not what was shown last.
  mutating func receive(_ result: Result<Account, CloudflareError>) {
    switch result {
    case .success(let fresh) where Aspect.allCases.contains { differs($0, in: fresh) }:
      phase = .blocked(.changed(fresh))
    case .success(let fresh):
      account = fresh
      isRead = true
      phase = .review
    case .failure(let error): phase = .blocked(error.saysGone ? .gone(error) : .unreadable(error))
    }
  }

  /// What two versions of an account are compared in.
  enum Aspect: CaseIterable {
    case name, type, parent, created, twoFactor, abuse
  }

  /// Whether a fresh reading is not what was shown last. Rows of a list may leave out all but the name, so only what
  /// they show can differ; two readings were asked for in the same way, so what only one of them says differs.
  func differs(_ aspect: Aspect, in fresh: Account) -> Bool {
    switch aspect {
    // Swift takes names that are composed differently for the same.
    case .name: !fresh.name.unicodeScalars.elementsEqual(account.name.unicodeScalars)
    case .type: (isRead || account.type != nil && fresh.type != nil) && fresh.type != account.type
    case .parent where isRead: fresh.managedBy != account.managedBy
    case .parent: account.managedBy != nil && fresh.managedBy?.id != account.managedBy?.id
    case .created: isRead && fresh.createdOn != account.createdOn
    case .twoFactor: isRead && fresh.requiresTwoFactor != account.requiresTwoFactor
    case .abuse: isRead && fresh.abuseContact != account.abuseContact
    }
  }
}
