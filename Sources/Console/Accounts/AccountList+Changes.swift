import Cloudflare
import FoundationEssentials

extension AccountList {
  /// Adds a page. Accounts that another page already shows keep their place.
  ///
  /// - Parameter date: the time of the answer.
  mutating func receive(page: Int, _ answer: AccountPage, at date: Date? = nil) {
    syncSize(of: page, answer)
    let earlier = remove(page: page)
    orphaned.formUnion(earlier)
    var ids: [Account.ID] = []
    for account in answer.accounts {
      accounts[account.id] = account
      if let earlier = pageOfAccount[account.id] {
        noteChange(earlier)
        // The account left a stale page, or it is on both pages.
        guard stale.contains(earlier) else { continue }
        pages[earlier]?.removeAll { $0 == account.id }
      }
      pageOfAccount[account.id] = page
      ids.append(account.id)
    }
    removeUnpaged { $0.pageOfAccount[$1] != nil }
    if !ids.isEmpty || answer.withoutID > 0 { pages[page] = ids }
    if answer.withoutID > 0 { withoutID[page] = answer.withoutID }
    readOn[page] = date
    noteChange(page)
    setExtent(page: page, answer, isRepeated: page > 1 && ids.isEmpty && earlier.isEmpty && !answer.accounts.isEmpty)
    if ids.isEmpty, page <= pageCount { pages[page] = [] }
    for beyond in pages.keys where beyond > pageCount { orphaned.formUnion(remove(page: beyond)) }
    if stale.isEmpty { forgetOrphaned() }
    updatePageSizeDelta()
  }

  /// Marks every page to be read again; the pages stay visible until then. Rows of accounts deleted here go at once.
  mutating func markStale() {
    for page in pages.keys { pages[page]?.removeAll { deleted.contains($0) } }
    for id in deleted {
      pageOfAccount[id] = nil
      accounts[id] = nil
    }
    removeUnpaged { $0.deleted.contains($1) }
    for page in pages.keys { noteChange(page) }
    stale = Set(pages.keys)
    sizeChanges = 0
    earlyEnd = nil
    updatePageSizeDelta()
  }

  /// Shows the pages of a cached list until the server sends them. A list with another page size is ignored.
  mutating func restore(_ list: CachedList) {
    guard list.perPage == perPage, let last = list.pages.last, last.number <= ResultInfo.largestTotal else { return }
    if extent == .unknown {
      pageSize = list.pageSize
      let info = ResultInfo(totalCount: list.total)
      extent =
        info.lastPage(size: pageSize).map { .pages(max(last.number, $0), total: info.countedTotal) }
        ?? .open(lastPage: last.number)
    }
    for page in list.pages where pages[page.number] == nil && page.number <= pageCount {
      let new = page.accounts.filter { pageOfAccount[$0.id] == nil }
      for account in new {
        accounts[account.id] = account
        pageOfAccount[account.id] = page.number
      }
      pages[page.number] = new.map(\.id)
      readOn[page.number] = page.readOn
      stale.insert(page.number)
      noteChange(page.number)
    }
    removeUnpaged { $0.pageOfAccount[$1] != nil }
    updatePageSizeDelta()
  }

  /// Replaces an account with a newer reading of it.
  mutating func update(_ account: Account) {
    guard let known = accounts[account.id] else { return }
    // Swift's `==` ignores differences in Unicode composition; the bytes tell such names apart.
    guard known != account || !known.name.utf8.elementsEqual(account.name.utf8) else { return }
    accounts[account.id] = account
    handRevision += 1
    noteChange(part(of: account.id))
  }

  /// Shows an account that was created here before any page does.
  mutating func insertCreated(_ account: Account) {
    accounts[account.id] = account
    guard pageOfAccount[account.id] == nil, !front.contains(account.id) else { return }
    found.removeAll { $0 == account.id }
    noteChange(Self.foundKey)
    front.insert(account.id, at: 0)
    handRevision += 1
    noteChange(Self.frontKey)
    if extent == .unknown { extent = .open(lastPage: 0) }
    updatePageSizeDelta()
  }

  /// Adds accounts that the server returned to a search by name.
  mutating func insertFound(_ answer: [Account]) {
    for account in answer {
      guard !hasPlace(for: account.id) else {
        update(account)
        continue
      }
      accounts[account.id] = account
      found.append(account.id)
      handRevision += 1
      noteChange(Self.foundKey)
    }
  }

  /// Removes the found accounts except one, which stays in front of the pages until a page shows it.
  mutating func forgetFound(keeping kept: Account.ID? = nil) {
    let staying = found.filter { $0 == kept }
    let newFront = staying.filter { !front.contains($0) } + front.filter { $0 == kept || !found.contains($0) }
    guard staying != found || newFront != front else { return }
    handRevision += 1
    for id in found where id != kept { accounts[id] = nil }
    front = newFront
    found = staying
    noteChange(Self.frontKey)
    noteChange(Self.foundKey)
    updatePageSizeDelta()
  }

  /// Marks an account as deleted. Its row stays, and a page that comes later may still bring it.
  mutating func markDeleted(_ id: Account.ID) {
    guard deleted.insert(id).inserted, accounts[id] != nil else { return }
    noteChange(part(of: id))
  }

  private mutating func forgetOrphaned() {
    for id in orphaned where !hasPlace(for: id) { accounts[id] = nil }
    orphaned = []
  }

  private func part(of id: Account.ID) -> Int {
    pageOfAccount[id] ?? (front.contains(id) ? Self.frontKey : Self.foundKey)
  }

  /// Removes accounts in no page.
  private mutating func removeUnpaged(_ isGone: (AccountList, Account.ID) -> Bool) {
    guard !front.isEmpty || !found.isEmpty else { return }
    let list = self
    front.removeAll { isGone(list, $0) }
    found.removeAll { isGone(list, $0) }
    if front.count + found.count < list.front.count + list.found.count { handRevision += 1 }
    noteChange(Self.frontKey)
    noteChange(Self.foundKey)
  }

  @discardableResult
  private mutating func remove(page: Int) -> [Account.ID] {
    revisions[page] = nil
    revision += 1
    stale.remove(page)
    withoutID[page] = nil
    readOn[page] = nil
    let ids = pages.removeValue(forKey: page) ?? []
    for id in ids { pageOfAccount[id] = nil }
    return ids
  }

  /// Sets the extent from a page's rows and the server's totals.
  private mutating func setExtent(page: Int, _ answer: AccountPage, isRepeated: Bool) {
    let total = answer.info?.countedTotal
    let shown = lastPage(by: answer.info, page: page)
    // Without totals, pages without a visible account could go on for ever.
    if isRepeated || answer.accounts.isEmpty && (answer.withoutID == 0 || shown == nil && page > 1) {
      endList(before: page, answer, isRepeated: isRepeated)
    } else if let shown {
      // The page that came exists, whatever the totals say.
      let count = max(shown, page)
      extent = .pages(count, total: total)
      earlyEnd = total.map { $0 > count * pageSize } == true ? .lastPage : nil
    } else {
      switch extent {
      case .unknown: extent = .open(lastPage: page)
      case .open(let known): extent = .open(lastPage: max(known, page))
      // An earlier total stays valid until a page contradicts it.
      case .pages(let known, _): if page > known { extent = .open(lastPage: page) }
      }
    }
  }

  /// The last page by the server's numbers. Pages beyond its count are tried one by one.
  private func lastPage(by info: ResultInfo?, page: Int) -> Int? {
    guard let info, let last = info.lastPage(size: pageSize) else { return nil }
    guard let filled = ResultInfo(totalCount: info.totalCount).lastPage(size: pageSize) else { return last }
    return min(last, max(filled, page) + (last > page ? 1 : 0))
  }

  /// Sets the page size from an answer. When the size changes, all other pages hold other accounts and are read again.
  private mutating func syncSize(of page: Int, _ answer: AccountPage) {
    let info = answer.info ?? ResultInfo()
    let size = info.pageSize(asked: perPage, known: pageSize, page: page, rows: answer.rowCount)
    guard size != pageSize else { return }
    let others = pages.keys.filter { $0 != page }
    // The bound stops endless reading from a server that changes the size with every page.
    guard others.isEmpty || sizeChanges < Self.mostSizeChanges else { return }
    pageSize = size
    guard !others.isEmpty else { return }
    sizeChanges += 1
    stale.formUnion(others)
  }

  private static let mostSizeChanges = 3

  /// Ends the list before a page that brought no account or no new account.
  private mutating func endList(before page: Int, _ answer: AccountPage, isRepeated: Bool) {
    var known: Int?
    if case .pages(let count, _) = extent { known = count }
    let shown = answer.info?.lastPage(size: pageSize)
    // The repeated accounts' last page ends the list, so no page between is requested.
    let repeated = isRepeated ? answer.accounts.compactMap { pageOfAccount[$0.id] }.max() : nil
    let count = [page - 1, shown, known, repeated].compactMap(\.self).min() ?? 0
    let expected = shown ?? known ?? count
    if count == shown {
      earlyEnd = nil
    } else if count == known, earlyEnd != nil {
      // The end and its reason stay as they were.
    } else if isRepeated || count != expected {
      // Without totals, an empty page is the normal end of a list.
      earlyEnd = isRepeated ? .repeatedPage(page) : .emptyPage(page)
    }
    extent = .pages(count, total: answer.info?.countedTotal)
  }

  private mutating func updatePageSizeDelta() {
    pageSizeDelta = [:]
    for (page, ids) in pages where ids.count != pageSize { pageSizeDelta[page] = ids.count - pageSize }
    switch extent {
    case .unknown: break
    // One row stands for the page that may be there.
    case .open(let lastPage): if pages[lastPage + 1] == nil { pageSizeDelta[lastPage + 1] = 1 - pageSize }
    case .pages(let count, let total):
      if count > 0, pages[count] == nil {
        let expected = total.map { min(pageSize, max(1, $0 - (count - 1) * pageSize)) } ?? pageSize
        if expected != pageSize { pageSizeDelta[count] = expected - pageSize }
      }
    }
  }
}
