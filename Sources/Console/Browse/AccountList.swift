import Cloudflare

/// One continuous list of accounts over all pages of the server, of which some are here and others are not yet.
///
/// A row is a place in the list, counted from 0. Rows follow the server's order; accounts created here come first until
/// a page shows where the server keeps them.
public struct AccountList: Sendable, Equatable {
  public enum Row: Sendable, Equatable {
    case account(Account.ID)
    /// A row of this page of the server, which has not come yet.
    case pending(page: Int)
  }

  /// How far the list reaches, as far as the server said.
  public enum Extent: Sendable, Equatable {
    /// No page has come yet.
    case unknown
    /// The server gives no total: there may be a page behind the last one that came.
    case open(lastPage: Int)
    case pages(Int, total: Int)
  }

  /// Why the list ends before the total that the server gave.
  public enum EarlyEnd: Sendable, Equatable {
    /// The server said that there are no more pages, though they hold less than the total.
    case lastPage
    case emptyPage(Int)
    /// A page brought no account that was not there already, as account-owned tokens get page 1 for ever.
    case repeatedPage(Int)
  }

  public let perPage: Int
  public private(set) var extent = Extent.unknown
  public private(set) var earlyEnd: EarlyEnd?
  /// In front of the pages' rows, and not in any page that has come: created here, newest first, or found.
  private var front: [Account.ID] = []
  /// Found by asking the server for them, and not in any page that has come. Only a search shows them, unless they are
  /// in ``front``.
  private(set) var found: [Account.ID] = []
  /// Deleted here; their rows stay until the list is read again.
  public private(set) var deleted: Set<Account.ID> = []
  private var accounts: [Account.ID: Account] = [:]
  private var pages: [Int: [Account.ID]] = [:]
  private var pageOfAccount: [Account.ID: Int] = [:]
  /// Pages whose number of rows is not the expected one, with the difference.
  private var irregularities: [Int: Int] = [:]
  /// Tells when the accounts of a part were last changed, by its key.
  private var revisions: [Int: Int] = [:]
  private var changes = 0

  init(perPage: Int) {
    self.perPage = perPage
  }

  public func account(_ id: Account.ID) -> Account? { accounts[id] }

  /// Created here, newest first, and not in any page that has come.
  public var created: [Account.ID] { front.filter { !found.contains($0) } }

  /// Accounts that have come with their pages, or were created here.
  var loadedCount: Int { pageOfAccount.count + front.count }

  /// Whether every page has come.
  var isWhole: Bool {
    guard case .pages(let count, _) = extent else { return false }
    return pages.count == count
  }

  /// Accounts that stand together.
  struct Part: Sendable, Equatable {
    /// The number of the page; 0 for what stands in front of them, and the greatest for what was found behind them.
    var key: Int
    var ids: [Account.ID]
    /// Another one than before when accounts came, went or changed.
    var revision: Int
  }

  /// All accounts, in the order of the rows, and then those that only a search shows.
  var parts: [Part] {
    var keyed = pages.map { Part(key: $0.key, ids: $0.value, revision: revisions[$0.key] ?? 0) }
    keyed.append(Part(key: Self.frontKey, ids: front, revision: revisions[Self.frontKey] ?? 0))
    let found = found.filter { !front.contains($0) }
    keyed.append(Part(key: Self.foundKey, ids: found, revision: revisions[Self.foundKey] ?? 0))
    return keyed.sorted { $0.key < $1.key }
  }

  private static let frontKey = 0
  private static let foundKey = Int.max

  var isLoaded: Bool { extent != .unknown }

  func hasPage(_ page: Int) -> Bool { pages[page] != nil }

  /// Pages there are, counting the one that may be behind the last when the server gives no total.
  var pageCount: Int {
    switch extent {
    case .unknown: 0
    case .open(let lastPage): lastPage + 1
    case .pages(let count, _): count
    }
  }

  public var rowCount: Int { front.count + firstServerRow(ofPage: pageCount + 1) }

  /// Whether ``rowCount`` may still grow.
  public var isOpen: Bool {
    if case .pages = extent { return false }
    return true
  }

  public func row(at index: Int) -> Row? {
    guard index >= 0, index < rowCount else { return nil }
    if index < front.count { return .account(front[index]) }
    let page = page(ofRow: index)
    guard let ids = pages[page] else { return .pending(page: page) }
    return .account(ids[index - firstRow(ofPage: page)])
  }

  /// Where an account stands, or `nil` when no row shows it.
  func index(of id: Account.ID) -> Int? {
    if let index = front.firstIndex(of: id) { return index }
    guard let page = pageOfAccount[id], let offset = pages[page]?.firstIndex(of: id) else { return nil }
    return firstRow(ofPage: page) + offset
  }

  /// The page that has brought an account; `nil` when none has.
  func page(of id: Account.ID) -> Int? { pageOfAccount[id] }

  func firstRow(ofPage page: Int) -> Int { front.count + firstServerRow(ofPage: page) }

  /// The page that a row belongs to, from 1; the first one for rows created here.
  func page(ofRow index: Int) -> Int {
    let place = index - front.count
    guard place >= 0 else { return 1 }
    var difference = 0
    for (page, change) in irregularities.sorted(by: { $0.key < $1.key }) {
      let pageEnd = page * perPage + difference + change
      if place < pageEnd {
        return max(1, min(page, (place - difference) / perPage + 1))
      }
      difference += change
    }
    return max(1, min(max(1, pageCount), (place - difference) / perPage + 1))
  }

  /// How many accounts loaded so far have exactly this name, and which.
  func loaded(named name: String) -> [Account] {
    accounts.values.filter { $0.name == name && !deleted.contains($0.id) }.sorted { $0.id < $1.id }
  }

  private func firstServerRow(ofPage page: Int) -> Int {
    var rows = (min(page, pageCount + 1) - 1) * perPage
    for (irregular, change) in irregularities where irregular < page { rows += change }
    return max(0, rows)
  }

  // MARK: Changes

  /// Takes a page's answer in. Accounts that another page has already shown keep their place.
  mutating func insert(page: Int, _ answer: AccountPage) {
    let earlier = remove(page: page)
    var ids: [Account.ID] = []
    for account in answer.accounts {
      accounts[account.id] = account
      if let earlier = pageOfAccount[account.id] {
        noteChange(earlier)
        continue
      }
      pageOfAccount[account.id] = page
      ids.append(account.id)
    }
    removeLoose { $0.pageOfAccount[$1] != nil }
    if !ids.isEmpty { pages[page] = ids }
    noteChange(page)
    setExtent(page: page, answer, isRepeated: page > 1 && ids.isEmpty && earlier.isEmpty && !answer.accounts.isEmpty)
    if ids.isEmpty, page <= pageCount { pages[page] = [] }
    for beyond in pages.keys where beyond > pageCount { remove(page: beyond) }
    findIrregularities()
  }

  /// Forgets every page but these, for the list to be read again; rows of accounts deleted here go as their page does.
  mutating func forget(exceptPages kept: ClosedRange<Int>) {
    for page in pages.keys where !kept.contains(page) { remove(page: page) }
    removeLoose { $0.deleted.contains($1) }
    accounts = accounts.filter { pageOfAccount[$0.key] != nil || front.contains($0.key) || found.contains($0.key) }
    earlyEnd = nil
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
    if accounts[id] != nil { deleted.insert(id) }
  }

  private func part(of id: Account.ID) -> Int {
    pageOfAccount[id] ?? (front.contains(id) ? Self.frontKey : Self.foundKey)
  }

  private mutating func noteChange(_ key: Int) {
    changes += 1
    revisions[key] = changes
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
