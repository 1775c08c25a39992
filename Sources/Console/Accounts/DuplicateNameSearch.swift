import Cloudflare
import FoundationEssentials

/// What is known of other accounts with the name that is being typed. The server is asked when typing pauses.
struct DuplicateNameSearch: Sendable, Equatable {
  /// The pause or the question that is under way.
  var token: RequestToken?
  var answer: Answer?

  /// What the server said to one name.
  struct Answer: Sendable, Equatable {
    var name: String
    var result: Result<AccountPage, CloudflareError>
    /// Seconds by which the server's clock was ahead of this machine's; `nil` when it did not say.
    var clockOffset: TimeInterval?
  }

  /// How long typing has to pause: longer than between two key presses of somebody who types on.
  static let pause: Duration = .milliseconds(250)

  /// The one page that is asked for; a name with more matches than it holds is rarely typed to its end yet.
  static func query(for name: String) -> ListQuery {
    ListQuery(page: 1, perPage: ListQuery.perPageBounds.upperBound, name: name)
  }

  /// Accounts of exactly this name that the server told of. How it matches names is not documented.
  func accounts(named name: String) -> [Account] {
    guard case .success(let page)? = answer(to: name) else { return [] }
    return page.accounts.filter { $0.isNamed(name) }
  }

  /// Whether the server has more matches than it was asked for.
  func isCutShort(for name: String) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.info?.countedPages.map { $0 > 1 } ?? (page.accounts.count >= Self.query(for: name).perPage)
  }

  /// Whether the server has surely told of all accounts of the name.
  ///
  /// - Parameter listTotal: of the whole list, by the server's word.
  func isWhole(for name: String, listTotal: Int?) -> Bool {
    guard case .success(let page)? = answer(to: name) else { return false }
    return page.holdsAllMatches(of: name, listTotal: listTotal)
  }

  /// The server's clock at a moment; `nil` when it is not known.
  func serverDate(for name: String, at date: Date) -> Date? {
    answer?.name == name ? answer?.clockOffset.map { date + $0 } : nil
  }

  /// Why the server did not tell.
  func failure(for name: String) -> CloudflareError? {
    guard case .failure(let error)? = answer(to: name) else { return nil }
    return error
  }

  private func answer(to name: String) -> Result<AccountPage, CloudflareError>? {
    answer?.name == name ? answer?.result : nil
  }
}

extension AccountPage {
  /// Whether the answer to a search by name surely holds every account that the server found: its rows and all that is
  /// counted beside them agree, and the rows are what was asked for.
  ///
  /// - Parameter listTotal: the accounts that there are, as the server counted them for the list; `nil` where it did not.
  func holdsAllMatches(of name: String, listTotal: Int?) -> Bool {
    let asked = DuplicateNameSearch.query(for: name).perPage
    let size = min(asked, info?.perPage ?? asked)
    let wanted = name.lowercased()
    guard withoutID == 0, accounts.allSatisfy({ $0.nameProblem == nil }), accounts.count < size,
      Set(accounts.map(\.id)).count == accounts.count
    else { return false }
    // A server that does not look at the name at all has to say that there are no more than these.
    guard info?.totalCount == accounts.count || accounts.allSatisfy({ $0.name.lowercased().contains(wanted) }) else {
      return false
    }
    guard let info else { return true }
    guard info.page ?? 1 == 1, info.count ?? accounts.count == accounts.count else { return false }
    // Whether the total respects the name is not documented. One that is the whole list's does not: more accounts than a
    // page holds are not all of this name where the page has room left. Fewer may be.
    let isOfList = info.totalCount == listTotal && (listTotal ?? 0) > asked
    // Of nothing there may be no page.
    let pages = max(1, info.totalPages ?? 1)
    if isOfList { return pages == 1 || pages == ResultInfo(totalCount: listTotal).lastPage(size: size) }
    return info.totalCount ?? accounts.count == accounts.count && pages == 1
  }
}

extension State {
  /// The accounts that are known to have exactly this name: of the rows that are here, and of what the server told.
  func duplicateNames(of form: CreateState) -> [Account.ID] {
    guard form.nameProblem == nil else { return [] }
    let name = form.name.text
    let shown = form.duplicateNames.accounts(named: name).map(\.id).filter { !browse.list.deleted.contains($0) }
    return Set(browse.list.loaded(named: name).map(\.id)).union(shown).sorted()
  }

  /// Goes on to ask the server about the name in the form, once typing has paused.
  mutating func lookForDuplicateNames(after pause: Duration = DuplicateNameSearch.pause) -> [Effect] {
    guard case .create(var form) = dialog else { return [] }
    let wasLooking = form.duplicateNames.token != nil
    guard form.nameProblem == nil else {
      form.duplicateNames = DuplicateNameSearch()
      dialog = .create(form)
      return wasLooking ? [.cancel(.duplicateNames)] : []
    }
    let token = nextToken()
    form.duplicateNames.token = token
    dialog = .create(form)
    return [.wait(.duplicateNames, for: pause, then: .create(.nameDebounced(token)))]
  }

  mutating func askForDuplicateNames(_ token: RequestToken) -> [Effect] {
    // What is on its way to being created would be found as its own namesake.
    guard case .create(var form) = dialog, form.duplicateNames.token == token, !form.isSending else { return [] }
    let next = nextToken()
    form.duplicateNames.token = next
    dialog = .create(form)
    return [.findDuplicateNames(name: form.name.text, token: next)]
  }

  mutating func receive(
    _ result: Result<AccountPage, CloudflareError>, about name: String, token: RequestToken, in environment: Environment
  ) {
    guard case .create(var form) = dialog, form.duplicateNames.token == token else { return }
    form.duplicateNames.token = nil
    let serverDate = (try? result.get())?.serverDate
    form.duplicateNames.answer = DuplicateNameSearch.Answer(
      name: name, result: result, clockOffset: serverDate?.timeIntervalSince(environment.date))
    dialog = .create(form)
  }

  /// What is said of other accounts with the name: a warning that bars nothing.
  func duplicateNameText(_ form: CreateState) -> [Block] {
    let found = duplicateNames(of: form)
    let name = form.name.text
    let isCutShort = form.duplicateNames.isCutShort(for: name)
    var text: [Block] = []
    if !found.isEmpty {
      let ids = found.prefix(3).map { Wording.short(id: $0) }.joined(separator: ", ") + (found.count > 3 ? " …" : "")
      let count = Wording.number(found.count)
      let words =
        switch (found.count, isCutShort) {
        case (1, false): "An account already has this name: \(ids)"
        case (_, false): "\(count) accounts already have this name: \(ids)"
        case (_, true): "At least \(Wording.count(found.count, "account", "accounts")) of this name: \(ids)"
        }
      text.append(.warning(words))
    }
    if let error = form.duplicateNames.failure(for: name) {
      text.append(
        .paragraph("Only the rows loaded here were searched for this name. \(error.explanation)", Theme.faint))
    } else if isCutShort {
      text.append(.paragraph("The server has more names like this one than were looked through.", Theme.faint))
    }
    return text
  }
}
