import Cloudflare

@testable import Console

extension Person {
  /// In front of a list with this account in its fourth row, or its last.
  static func listing(_ account: Account, of total: Int = 5) -> Person {
    var person = Person()
    var page = Fixture.page(1, of: total)
    page.accounts[min(3, total - 1)] = account
    person.send(.browse(.pageAnswered(page: 1, token: person.state.browse.loading[1]!, .success(page))))
    return person
  }

  /// The review of this row's account has just been asked for.
  static func askedToDelete(row: Int = 3, in person: Person = Person(accounts: 20)) -> Person {
    var person = person
    for _ in 0..<row { person.press(.down) }
    person.press(.character("D"))
    return person
  }

  /// At the challenge for the account at this row, read again and found the same.
  static func challenged(row: Int = 3, by person: Person = Person(accounts: 20)) -> Person {
    var person = person
    for _ in 0..<row { person.press(.down) }
    person.openChallenge()
    return person
  }

  /// The challenge for account 3 is met, the button pressed, and the delay over.
  static func deleting(in person: Person = Person(accounts: 20)) -> Person {
    var person = challenged(by: person)
    person.type("Account 3")
    person.press(.tab, .tab, .enter)
    person.waitOutDelay()
    return person
  }

  /// The token of what the deletion waits for.
  var deletionToken: RequestToken? {
    switch deletion?.phase {
    case .reading(let token), .sending(let token), .verifying(let token): token
    default: nil
    }
  }
}

extension DeleteState.Challenge {
  /// Why the name will not do; `nil` when it does.
  var reason: String? {
    guard case .idTail(_, let reason) = self else { return nil }
    return reason
  }
}
