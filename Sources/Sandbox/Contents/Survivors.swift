/// What outlives the deletion of an account and keeps working, in answers.
extension Catalog {
  /// The survivors of an account as it was at the beginning, a pure function of the seed and its position; none in
  /// accounts made since.
  func survivors(of account: AccountRecord) -> [Survivor] {
    guard account.position < count else { return [] }
    var stream = RandomStream(seed: seed, purpose: .survivors, position: account.position)
    var survivors: [Survivor] = []
    if stream.chance(account.isEnterprise ? 0.5 : 0.12) {
      survivors.append(.gateway)
      if stream.chance(0.8) { survivors.append(.accessOrganization) }
    }
    if stream.chance(account.isEnterprise ? 0.6 : 0.04) {
      survivors += (0...stream.below(3)).map { .logpushJob(100_000 + account.position * 4 + $0) }
    }
    return survivors
  }

  func json(_ survivor: Survivor, of account: AccountRecord) -> JSON {
    let identifier = identifiers.identifier(.account, account.position)
    switch survivor {
    case .gateway:
      return [
        "id": .string(identifier), "gateway_tag": .string(identifiers.identifier(.gateway, account.position)),
        "provider_name": "Cloudflare",
      ]
    case .accessOrganization:
      return [
        "name": .string(account.name), "auth_domain": .string("team-\(account.position).cloudflareaccess.example"),
        "created_at": .string(account.createdOn), "updated_at": .string(account.createdOn),
        "login_design": [:], "is_ui_read_only": false, "session_duration": "24h",
        "auto_redirect_to_identity": false, "user_seat_expiration_inactive_time": "730h",
      ]
    case .logpushJob(let job):
      let datasets = ["audit_logs", "gateway_http", "access_requests"]
      let dataset = datasets[job % datasets.count]
      return [
        "id": .integer(job), "dataset": .string(dataset), "enabled": .boolean(!job.isMultiple(of: 5)),
        "name": .string("\(dataset)-archive"), "kind": "", "frequency": "high",
        "destination_conf": .string("s3://logs-\(account.position).example/{DATE}?region=eu-central-1"),
        "logpull_options": "fields=When,ActorEmail,ActionType&timestamps=rfc3339", "last_complete": nil,
        "last_error": nil, "error_message": nil,
      ]
    }
  }
}
