extension Catalog {
  /// The person who administers the tenant, and is a member of every account of it.
  static let administrator = (firstName: "Robin", lastName: "Northshore", email: SandboxCredentials.email)

  /// The members of an account: a pure function of the seed and its position. The administrator comes first; nobody
  /// else is in accounts made since the beginning.
  func members(of account: AccountRecord) -> [Member] {
    let administrator = Member(
      id: identifiers.identifier(.member, account.position), userID: identifiers.identifier(.user, 0),
      firstName: Self.administrator.firstName, lastName: Self.administrator.lastName,
      email: Self.administrator.email, isPending: false, hasTwoFactor: true, roles: [Role.superAdministrator])
    guard account.position < count else { return [administrator] }
    var stream = RandomStream(seed: seed, purpose: .members, position: account.position)
    let others: Int =
      switch stream.below(100) {
      case ..<20: 0
      case ..<80: 1 + stream.below(5)
      case ..<97: 6 + stream.below(15)
      default: 21 + stream.below(40)
      }
    return [administrator] + (0..<others).map { member(1 + $0, account, &stream) }
  }

  private func member(_ ordinal: Int, _ account: AccountRecord, _ stream: inout RandomStream) -> Member {
    let first = MemberNames.first[stream.below(MemberNames.first.count)]
    let last = MemberNames.last[stream.below(MemberNames.last.count)]
    let isPending = stream.chance(0.12)
    let role = Role.all[stream.below(Role.all.count)]
    let user = stream.below(1 << 40) + 1
    return Member(
      id: identifiers.identifier(.member, account.position, ordinal: ordinal),
      userID: identifiers.identifier(.user, user), firstName: first.name, lastName: last.name,
      email: "\(first.ascii).\(last.ascii)\(ordinal)@customer-\(account.position).example", isPending: isPending,
      hasTwoFactor: !isPending && (account.enforcesTwoFactor || stream.chance(0.5)),
      roles: stream.chance(0.2) && role != .billing ? [role, .billing] : [role])
  }
}

/// Names of people, and how their e-mail addresses spell them.
private enum MemberNames {
  static let first: [(name: String, ascii: String)] = [
    ("Ana", "ana"), ("Bilal", "bilal"), ("Chidi", "chidi"), ("Dorothée", "dorothee"), ("Emre", "emre"),
    ("Freya", "freya"), ("Giulia", "giulia"), ("Hanna", "hanna"), ("Ivo", "ivo"), ("Jürgen", "juergen"),
    ("Keiko", "keiko"), ("Łukasz", "lukasz"), ("Mei", "mei"), ("Noor", "noor"), ("Óscar", "oscar"),
    ("Priya", "priya"), ("Quentin", "quentin"), ("Rasmus", "rasmus"), ("Sofía", "sofia"), ("Tomáš", "tomas"),
  ]
  static let last: [(name: String, ascii: String)] = [
    ("Adeyemi", "adeyemi"), ("Bergström", "bergstroem"), ("Carvalho", "carvalho"), ("D'Amico", "damico"),
    ("Eriksen", "eriksen"), ("Fontaine", "fontaine"), ("García", "garcia"), ("Horváth", "horvath"),
    ("Ito", "ito"), ("Jansen", "jansen"), ("Kaya", "kaya"), ("Li", "li"), ("Müller", "mueller"),
    ("Nguyễn", "nguyen"), ("O'Neill", "oneill"), ("Petrov", "petrov"), ("Rao", "rao"), ("Schäfer", "schaefer"),
  ]
}
