/// Answers the calls on accounts.
struct AccountsController: Sendable {
  let store: AccountStore
  let writer: AccountWriter
  let isTenant: Bool

  func list(_ call: Call) async throws(Refusal) -> Answer {
    let direction = try call.query.direction()
    let wish = try PageInfo.Wish(call.query)
    // Such a token reaches its own account only, and whatever page is asked for, it gets that one.
    if call.caller == .accountToken { return ownPage(wish) }
    let slice =
      if let name = call.query["name"], !name.isEmpty {
        await store.slice(wish.range, direction: direction, name: name)
      } else {
        store.slice(wish.range, direction: direction)
      }
    return page(slice.accounts, PageInfo(wish, count: slice.accounts.count, total: slice.total))
  }

  private func ownPage(_ wish: PageInfo.Wish) -> Answer {
    let own = store.account(ownIdentifier).map { [$0] } ?? []
    var info = PageInfo(wish, count: own.count, total: own.count)
    info.page = 1
    return page(own, info)
  }

  private func page(_ accounts: [AccountRecord], _ info: PageInfo) -> Answer {
    Answer(page: info, capacity: accounts.count * 640 + 256) { text in
      text.raw("[")
      for (offset, account) in accounts.enumerated() {
        if offset > 0 { text.raw(",") }
        text.account(account, in: store.catalog)
      }
      text.raw("]")
    }
  }

  func get(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    guard let account = store.account(try reach(id, call)) else { throw .noSuchObject(call.path) }
    return answer(account)
  }

  func create(_ call: Call) async throws(Refusal) -> Answer {
    guard isTenant, call.caller != .accountToken else { throw .creationNotAllowed }
    if let key = call.idempotencyKey, !(1...255).contains(key.utf8.count) {
      throw .invalid("Invalid Idempotency-Key: must have 1 to 255 characters")
    }
    let request = try NewAccountRequest(try call.json(), units: store.catalog.tenant.units)
    return answer(try await writer.create(request, key: call.idempotencyKey))
  }

  func update(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    let identifier = try reach(id, call)
    let body = try call.json()
    guard let account = try await writer.update(identifier, from: body) else { throw .noSuchObject(call.path) }
    return answer(account)
  }

  func delete(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    let identifier = try reach(id, call)
    guard isTenant, call.caller != .accountToken else { throw .notAuthorized }
    guard await writer.delete(identifier) else { throw .noSuchObject(call.path) }
    return Answer(["id": .string(identifier)])
  }

  private func answer(_ account: AccountRecord) -> Answer {
    Answer { $0.account(account, in: store.catalog) }
  }

  /// The identifier, if it is one and the caller may use it.
  private func reach(_ id: String, _ call: Call) throws(Refusal) -> Identifier {
    guard let identifier = Identifier(id) else {
      var refusal = Refusal.noSuchObject(call.path)
      refusal.errors += Refusal.noRoute.errors
      throw refusal
    }
    guard call.caller != .accountToken || identifier == ownIdentifier else { throw .notAuthorized }
    return identifier
  }

  /// Of the account that the account-owned token belongs to: the first.
  private var ownIdentifier: Identifier { store.catalog.identifiers.identifier(.account, 0) }
}
