/// Answers the calls on what is in an account, other than its zones.
struct ContentsController: Sendable {
  let access: AccountAccess
  let writer: AccountWriter
  let options: SandboxOptions

  private var catalog: Catalog { access.store.catalog }

  func members(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    let account = try access.account(id, call)
    let wish = try PageInfo.Wish(call.query, outside: options.pageBounds)
    let direction = try call.query.direction()
    let order = try call.query.choice("order", of: ["user.first_name", "user.last_name", "user.email", "status"])
    let status = try call.query.choice("status", of: ["accepted", "pending", "rejected"])
    var members = catalog.members(of: account)
    if let status { members.removeAll { ($0.isPending ? "pending" : "accepted") != status } }
    if let order {
      let key = { (member: Member) in
        switch order {
        case "user.first_name": member.firstName
        case "user.last_name": member.lastName
        case "user.email": member.email
        default: member.isPending ? "pending" : "accepted"
        }
      }
      members.sort { key($0) < key($1) }
    }
    if direction == .descending { members.reverse() }
    return Answer.page(members, wish) { $0.json(in: account, of: catalog) }
  }

  func roles(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    _ = try access.account(id, call)
    return Answer.page(Role.all, try PageInfo.Wish(call.query, outside: options.pageBounds)) { $0.json }
  }

  func subscriptions(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    Answer(.array(catalog.subscriptions(of: try access.account(id, call))))
  }

  func logpushJobs(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    let account = try access.accountEvenDeleted(id, call)
    let jobs = survivors(account).filter { if case .logpushJob = $0 { true } else { false } }
    return Answer(.array(jobs.map { catalog.json($0, of: account) }))
  }

  func logpushJob(_ id: String, _ job: String, _ call: Call) async throws(Refusal) -> Answer {
    guard let number = Int(job) else { throw access.malformed(call) }
    return try await survivor(.logpushJob(number), id, call, absent: Refusal(404, 1002, "job not found"))
  }

  /// Code and status of the refusal chosen.
  func gateway(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    try await survivor(.gateway, id, call, absent: Refusal(404, 2009, "Gateway account not found"))
  }

  /// Status of the refusal chosen.
  func accessOrganization(_ id: String, _ call: Call) async throws(Refusal) -> Answer {
    try await survivor(
      .accessOrganization, id, call, absent: Refusal(404, 9999, "access.api.error.not_enabled: Access is not enabled"))
  }

  /// Reads, or with DELETE removes, something that is there even when the account is not.
  private func survivor(
    _ survivor: Survivor, _ id: String, _ call: Call, absent: Refusal
  ) async throws(Refusal) -> Answer {
    let account = try access.accountEvenDeleted(id, call)
    guard survivors(account).contains(survivor) else { throw absent }
    guard call.method == "DELETE" else { return Answer(catalog.json(survivor, of: account)) }
    try await writer.remove(survivor, at: account.position)
    if case .logpushJob(let job) = survivor { return Answer(["id": .integer(job)]) }
    return Answer(["id": .string(catalog.identifiers.identifier(.account, account.position))])
  }

  private func survivors(_ account: AccountRecord) -> [Survivor] {
    let all = catalog.survivors(of: account)
    return access.store.read { state in all.filter { !state.isRemoved($0, at: account.position) } }
  }

  /// Only the account's own token is known here; a user's gets what an account-owned one gets at the user's endpoint.
  func verifyToken(_ id: String, _ call: Call) throws(Refusal) -> Answer {
    guard case .accountToken(let token, let own) = call.caller else { throw .invalidToken }
    guard own.text == id else { throw .invalidToken }
    _ = try access.account(id, call)
    return .verified(token, catalog)
  }
}

extension Answer {
  /// A page of a list that is there as a whole.
  static func page<Item>(_ items: [Item], _ wish: PageInfo.Wish, _ json: (Item) -> JSON) -> Answer {
    let range = wish.range.clamped(to: 0..<items.count)
    return Answer(
      .array(items[range].map(json)), page: PageInfo(wish, count: range.count, total: items.count))
  }

  /// What a token that is active gets. The message has a code, and is no error.
  static func verified(_ token: String, _ catalog: Catalog) -> Answer {
    let number = Int(CRC32.checksum(token.utf8))
    return Answer(
      ["id": .string(catalog.identifiers.identifier(.token, number)), "status": "active"],
      messages: [["code": 10000, "message": "This API Token is valid and active", "type": nil]])
  }
}
