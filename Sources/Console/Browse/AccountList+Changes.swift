import Cloudflare
import FoundationEssentials

extension AccountList {
  /// Takes a page's answer in. Accounts that another page has already shown keep their place.
  ///
  /// - Parameter date: when it came.
  mutating func insert(page: Int, _ answer: AccountPage, at date: Date? = nil) {
    let earlier = remove(page: page)
    var ids: [Account.ID] = []
    for account in answer.accounts {
      accounts[account.id] = account
      if let earlier = pageOfAccount[account.id] {
        noteChange(earlier)
        // It has gone from a page that is yet to be read again, or is on both.
        guard stale.contains(earlier) else { continue }
        pages[earlier]?.removeAll { $0 == account.id }
      }
      pageOfAccount[account.id] = page
      ids.append(account.id)
    }
    removeLoose { $0.pageOfAccount[$1] != nil }
    if !ids.isEmpty { pages[page] = ids }
    readOn[page] = date
    noteChange(page)
    setExtent(page: page, answer, isRepeated: page > 1 && ids.isEmpty && earlier.isEmpty && !answer.accounts.isEmpty)
    if ids.isEmpty, page <= pageCount { pages[page] = [] }
    for beyond in pages.keys where beyond > pageCount { remove(page: beyond) }
    findIrregularities()
  }

  /// Has every page read again, and shows them as they are until then. Rows of accounts deleted here go at once.
  mutating func markStale() {
    for page in pages.keys { pages[page]?.removeAll { deleted.contains($0) } }
    for id in deleted { pageOfAccount[id] = nil }
    removeLoose { $0.deleted.contains($1) }
    for page in pages.keys { noteChange(page) }
    stale = Set(pages.keys)
    earlyEnd = nil
    findIrregularities()
  }

  /// Shows the pages of a last known list that have not come, until they do. One with pages of another size is of no
  /// use.
  mutating func restore(_ list: LastKnownList) {
    guard list.perPage == perPage, !list.pages.isEmpty else { return }
    if extent == .unknown, let last = list.pages.last {
      extent =
        list.total.map { .pages(max(last.number, ($0 + perPage - 1) / perPage), total: $0) }
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
    removeLoose { $0.pageOfAccount[$1] != nil }
    findIrregularities()
  }

  /// Takes a fresher reading of an account in.
  mutating func update(_ account: Account) {
    guard accounts[account.id] != nil else { return }
    accounts[account.id] = account
    noteChange(part(of: account.id))
  }

  /// Shows an account that was created here before any page does.
  mutating func insertCreated(_ account: Account) {
    accounts[account.id] = account
    guard pageOfAccount[account.id] == nil, !front.contains(account.id) else { return }
    found.removeAll { $0 == account.id }
    noteChange(Self.foundKey)
    front.insert(account.id, at: 0)
    noteChange(Self.frontKey)
    if extent == .unknown { extent = .open(lastPage: 0) }
    findIrregularities()
  }

  /// Takes in accounts that the server was asked for by name.
  mutating func insertFound(_ answer: [Account]) {
    for account in answer {
      let isKnown = accounts.updateValue(account, forKey: account.id) != nil
      if !isKnown { found.append(account.id) }
      noteChange(part(of: account.id))
    }
  }

  /// Forgets what was found, and keeps one of it, which stands in front of the pages until one of them shows it.
  mutating func forgetFound(keeping kept: Account.ID? = nil) {
    guard !found.isEmpty else { return }
    front.removeAll { $0 != kept && found.contains($0) }
    if let kept, found.contains(kept), !front.contains(kept) { front.insert(kept, at: 0) }
    for id in found where id != kept { accounts[id] = nil }
    found.removeAll { $0 != kept }
    noteChange(Self.frontKey)
    noteChange(Self.foundKey)
    findIrregularities()
  }

  /// Marks an account as deleted; its row stays where it is.
  mutating func markDeleted(_ id: Account.ID) {
    guard accounts[id] != nil else { return }
    deleted.insert(id)
    noteChange(part(of: id))
  }

  private func part(of id: Account.ID) -> Int {
    pageOfAccount[id] ?? (front.contains(id) ? Self.frontKey : Self.foundKey)
  }

  /// Removes accounts that no page has to show.
  private mutating func removeLoose(_ isGone: (AccountList, Account.ID) -> Bool) {
    guard !front.isEmpty || !found.isEmpty else { return }
    let list = self
    front.removeAll { isGone(list, $0) }
    found.removeAll { isGone(list, $0) }
    noteChange(Self.frontKey)
    noteChange(Self.foundKey)
  }

  @discardableResult
  private mutating func remove(page: Int) -> [Account.ID] {
    revisions[page] = nil
    revision += 1
    stale.remove(page)
    readOn[page] = nil
    let ids = pages.removeValue(forKey: page) ?? []
    for id in ids { pageOfAccount[id] = nil }
    return ids
  }

  private mutating func setExtent(page: Int, _ answer: AccountPage, isRepeated: Bool) {
    let total = answer.info?.totalCount
    let lastPage = answer.info?.totalPages ?? total.map { ($0 + perPage - 1) / perPage }
    if answer.accounts.isEmpty, page == 1 {
      extent = .pages(0, total: total ?? 0)
    } else if answer.accounts.isEmpty || isRepeated {
      extent = .pages(page - 1, total: total ?? firstServerRow(ofPage: page))
      earlyEnd = isRepeated ? .repeatedPage(page) : .emptyPage(page)
    } else if let lastPage {
      // The page that just came is there, whatever the totals say.
      let count = max(lastPage, page)
      extent = .pages(count, total: total ?? count * perPage)
      earlyEnd = total.map { $0 > count * perPage } == true ? .lastPage : nil
    } else if answer.accounts.count < perPage {
      extent = .pages(page, total: (page - 1) * perPage + answer.accounts.count)
    } else if case .open(let known) = extent {
      extent = .open(lastPage: max(known, page))
    } else {
      extent = .open(lastPage: page)
    }
  }

  private mutating func findIrregularities() {
    irregularities = [:]
    for (page, ids) in pages where ids.count != perPage { irregularities[page] = ids.count - perPage }
    switch extent {
    case .unknown: break
    // One row stands for the page that may be there.
    case .open(let lastPage): if pages[lastPage + 1] == nil { irregularities[lastPage + 1] = 1 - perPage }
    case .pages(let count, let total):
      if count > 0, pages[count] == nil {
        let expected = min(perPage, max(1, total - (count - 1) * perPage))
        if expected != perPage { irregularities[count] = expected - perPage }
      }
    }
  }
}
