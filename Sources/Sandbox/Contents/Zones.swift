extension Catalog {
  /// The zones of an account, in the order of their names: a pure function of the seed and its position. Accounts made
  /// since the beginning have none.
  func zones(of account: AccountRecord) -> [Zone] {
    guard account.position < count else { return [] }
    var stream = RandomStream(seed: seed, purpose: .zones, position: account.position)
    let total = zoneCount(&stream)
    let domains = Domains(name: account.name, &stream)
    let zones = (0..<total).map { ordinal in zone(ordinal, domains, account, &stream) }
    return zones.sorted { $0.name < $1.name }
  }

  /// Mostly a handful, sometimes none, and in a few accounts more than a page.
  private func zoneCount(_ stream: inout RandomStream) -> Int {
    switch stream.below(100) {
    case ..<14: 0
    case ..<72: 1 + stream.below(4)
    case ..<93: 5 + stream.below(12)
    case ..<99: 17 + stream.below(45)
    default: 62 + stream.below(120)
    }
  }

  private func zone(
    _ ordinal: Int, _ domains: Domains, _ account: AccountRecord, _ stream: inout RandomStream
  ) -> Zone {
    let plan: Zone.Plan =
      if account.isEnterprise {
        stream.chance(0.6) ? .enterprise : .business
      } else {
        switch stream.below(10) {
        case ..<7: .free
        case ..<9: .pro
        default: .business
        }
      }
    let status: Zone.Status =
      switch stream.below(20) {
      case ..<17: .active
      case 17: .pending
      case 18: .moved
      default: .initializing
      }
    let kind: Zone.Kind =
      switch stream.below(40) {
      case 0: .internal
      case 1, 2: plan == .free ? .full : .partial
      case 3: plan == .enterprise ? .secondary : .full
      default: .full
      }
    let servers = ["ada", "bert", "cleo", "dirk", "elma", "finn", "gina", "hugo"]
    let server = stream.below(servers.count - 1)
    return Zone(
      id: identifiers.identifier(.zone, account.position, ordinal: ordinal), name: domains.name(ordinal),
      status: status, kind: kind, plan: plan, isPaused: stream.chance(0.03),
      createdOn: min(
        account.createdOn.advanced(by: .seconds(600 + ordinal * 86_400 + stream.below(80_000))), Self.last),
      nameServers: [servers[server], servers[server + 1]].map { "\($0).ns.cloudflare.com" })
  }
}

/// The domains of one account, all below `.example`, which belongs to nobody (RFC 2606).
private struct Domains {
  private let base: String

  /// Takes the first Latin words of the name, or words of its own when there are none.
  init(name: String, _ stream: inout RandomStream) {
    let words = name.lowercased().split { !$0.isASCII || !$0.isLetter }.filter { $0.count > 1 && $0 != "the" }
    let own = words.prefix(2).joined()
    let invented = [
      "amber", "birch", "cobalt", "dune", "echo", "flint", "gale", "heath", "iris", "jade", "lark", "moss",
    ]
    base =
      own.count > 4
      ? own : invented[stream.below(invented.count)] + invented[stream.below(invented.count)] + "\(stream.below(100))"
  }

  /// The name of the n-th zone, each another.
  func name(_ ordinal: Int) -> String {
    let forms = ["", "-online", "-shop", "-group", "-mail", "-blog", "-careers", "-app", "-static", "-dev"]
    let form = forms[ordinal % forms.count]
    let round = ordinal / forms.count
    return "\(base)\(form)\(round == 0 ? "" : "-\(round + 1)").example"
  }
}
