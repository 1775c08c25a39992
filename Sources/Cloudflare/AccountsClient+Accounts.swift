import FoundationEssentials

extension AccountsClient: AccountsService {
  public func list(_ query: ListQuery, priority: RequestPriority) async throws(CloudflareError) -> AccountPage {
    guard ListQuery.perPageBounds.contains(query.perPage) else {
      throw Self.invalid(
        "A page holds \(ListQuery.perPageBounds.lowerBound) to "
          + "\(ListQuery.perPageBounds.upperBound) accounts, not \(query.perPage).")
    }
    guard query.page >= 1 else { throw Self.invalid("Pages are numbered from 1, not \(query.page).") }
    var request = APIRequest(method: .get, path: ["accounts"], priority: priority)
    if let name = query.name, !name.isEmpty { request.query.append(("name", name)) }
    request.query.append(("page", "\(query.page)"))
    request.query.append(("per_page", "\(query.perPage)"))

    let answer = try await answer(to: request)
    let envelope = try AnswerReader.envelope(of: answer, as: ReadableList<Account>.self)
    guard let list = envelope.result else { throw envelope.unreadable("it holds no list of accounts") }
    var page = AccountPage(
      accounts: list.elements, withoutID: list.unreadable, info: envelope.resultInfo, serverDate: answer.date)
    if page.accounts.contains(where: { $0.id.isEmpty }) {
      page.accounts.removeAll { $0.id.isEmpty }
      page.withoutID += list.elements.count - page.accounts.count
    }
    return page
  }

  public func get(id: String, priority: RequestPriority) async throws(CloudflareError) -> Account {
    let request = APIRequest(method: .get, path: ["accounts", id], priority: priority)
    let envelope = try await perform(request, as: Account.self)
    guard let account = envelope.result else { throw envelope.unreadable("it holds no account") }
    guard account.id == id else { throw envelope.unreadable(Self.otherAccount) }
    return account
  }

  public func create(
    _ account: NewAccount, idempotencyKey: String
  ) async throws(CloudflareError) -> Confirmed<Account> {
    try Self.checkName(account.name)
    for text in account.business.texts {
      let length = text.map(NewAccount.nameLength) ?? 0
      guard length <= BusinessDetails.limit else {
        throw Self.invalid(
          "A business detail has \(length) characters; at most \(BusinessDetails.limit) are allowed.")
      }
    }
    let request = APIRequest(
      method: .post, path: ["accounts"], body: try Self.encode(account), idempotencyKey: idempotencyKey)
    return try await confirm(request, as: Account.self) { created throws(CloudflareError) in
      guard let created, !created.id.isEmpty else {
        throw Self.unreadable("it does not say which account was created")
      }
      return try created.named()
    }
  }

  public func delete(id: String) async throws(CloudflareError) -> Confirmed<DeletedAccount?> {
    let request = APIRequest(method: .delete, path: ["accounts", id])
    return try await confirm(request, as: DeletedAccount.self) { deleted throws(CloudflareError) in
      if let deleted { try Self.check(deleted.id, is: id) }
      return deleted
    }
  }

  static func checkName(_ name: String) throws(CloudflareError) {
    let length = NewAccount.nameLength(name)
    guard length <= NewAccount.nameLimit else {
      throw invalid("The name has \(length) characters; at most \(NewAccount.nameLimit) are allowed.")
    }
    guard !name.allSatisfy(\.isWhitespace) else { throw invalid("The name is empty.") }
  }

  static func checkIdentifier(_ id: String) throws(CloudflareError) {
    guard !id.isEmpty else { throw invalid("The identifier is empty.") }
  }

  /// An answer about another account than the one asked for is never trusted, whatever else it says.
  fileprivate static func check(_ id: String, is expected: String) throws(CloudflareError) {
    guard id == expected else { throw unreadable(otherAccount) }
  }

  private static let otherAccount = "it is about another account than the one asked for"

  fileprivate static func encode(_ body: some Encodable) throws(CloudflareError) -> [UInt8] {
    do {
      return Array(try JSONEncoder().encode(body))
    } catch {
      throw invalid("The request cannot be written as JSON.")
    }
  }

  static func invalid(_ reason: String) -> CloudflareError {
    CloudflareError(.invalidRequest(reason), attempts: 0, nothingWasSent: true)
  }

  /// What ``confirm(_:as:_:)`` adds the answer to.
  static func unreadable(_ reason: String) -> CloudflareError {
    CloudflareError(.unreadable(reason), status: 200)
  }
}

extension AccountsClient: AccountEditor {
  /// The name goes along even where only settings change, and what is there already may be one that nobody could give
  /// today: it is for the server to judge.
  public func update(id: String, changes: AccountChanges) async throws(CloudflareError) -> Confirmed<Account> {
    let request = APIRequest(method: .put, path: ["accounts", id], body: try Self.encode(changes))
    return try await confirm(request, as: Account.self) { account throws(CloudflareError) in
      guard let account else { throw Self.unreadable("it holds no account") }
      try Self.check(account.id, is: id)
      return try account.named()
    }
  }
}

extension Account {
  /// The account, for whoever has to know its name.
  ///
  /// - Throws: ``CloudflareError/Cause/unreadable(_:)`` where the name cannot be read.
  public func named() throws(CloudflareError) -> Account {
    guard nameProblem == nil else { throw AccountsClient.unreadable("the name of the account cannot be read") }
    return self
  }
}
