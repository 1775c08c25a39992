/// Answers the calls on accounts.
struct AccountsController: Sendable {
  let access: AccountAccess
  let writer: AccountWriter
  let options: SandboxOptions
  private let pages = PageCache()

  init(access: AccountAccess, writer: AccountWriter, options: SandboxOptions) {
    self.access = access
    self.writer = writer
    self.options = options
  }

  private var store: AccountStore { access.store }

  func list(_ call: Call) async throws(Refusal) -> Answer {
    let direction = try call.query.direction()
    let wish = try PageInfo.Wish(call.query, outside: options.pageBounds)
    // Such a token reaches its own account only, and whatever page is asked for, it gets that one.
    if case .accountToken(_, let own) = call.caller { return ownPage(own, wish) }
    let name = try call.query.nonEmpty("name")
    guard let name else { return wholeList(wish, direction) }
    let slice = await store.slice(wish.range, direction: direction, name: name)
    let all = options.totalCount == .all ? store.read { $0.listed } : nil
    return page(slice.accounts, PageInfo(wish, count: slice.accounts.count, total: slice.total, all: all))
  }

  private func wholeList(_ wish: PageInfo.Wish, _ direction: SortDirection) -> Answer {
    let key = PageCache.Key(page: wish.page, perPage: wish.perPage, direction: direction)
    if let body = pages.body(key, version: store.version) {
      return Answer(status: 200, body: body, contentType: "application/json")
    }
    let slice = store.slice(wish.range, direction: direction)
    let answer = page(slice.accounts, PageInfo(wish, count: slice.accounts.count, total: slice.total))
    pages.keep(answer.body, key, version: slice.version)
    return answer
  }

  private func ownPage(_ own: Identifier, _ wish: PageInfo.Wish) -> Answer {
    let accounts = store.account(own).map { [$0] } ?? []
    var info = PageInfo(wish, count: accounts.count, total: accounts.count)
    info.page = 1
    return page(accounts, info)
  }

  private func page(_ accounts: [AccountRecord], _ info: PageInfo) -> Answer {
    Answer(page: info, capacity: accounts.count * 640 + 256) { text in
      text.raw("[")
      for (offset, account) in accounts.enumerated() {
        if offset > 0 { text.raw(",") }
        store.catalog.text.write(account, to: &text)
      }
      text.raw("]")
    }
  }

  func get(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    answer(try access.account(id, call))
  }

  func create(_ call: Call) async throws(Refusal) -> Answer {
    guard options.isTenant, !call.caller.isAccountToken else { throw .creationNotAllowed }
    if let key = call.idempotencyKey, !(1...255).contains(key.utf8.count) {
      throw .invalid("Invalid Idempotency-Key: must have 1 to 255 characters")
    }
    let request = try NewAccountRequest(
      try call.json(), units: store.catalog.tenant.units, allowsEnterprise: options.allowsEnterprise)
    return answer(try await writer.create(request, key: call.idempotencyKey))
  }

  func update(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    let identifier = try access.identifier(id, call)
    guard store.account(identifier) != nil else { throw access.absent(id, call) }
    let body = try call.json()
    guard let account = try await writer.update(identifier, from: body) else { throw access.absent(id, call) }
    return answer(account)
  }

  func delete(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    let identifier = try access.identifier(id, call)
    guard options.isTenant, !call.caller.isAccountToken else { throw .notAuthorized }
    guard try await writer.delete(identifier) else { throw access.absent(id, call) }
    return Answer(["id": .string(identifier)])
  }

  private func answer(_ account: AccountRecord) -> Answer {
    Answer { store.catalog.text.write(account, to: &$0) }
  }
}
