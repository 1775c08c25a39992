import Terminal

@testable import Console

extension Person {
  /// On the button of the form for a new account, with a name typed.
  static func creating(_ name: String = "Harbor & Pine", enterprise: Bool = false) -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    person.type(name)
    person.press(.tab)
    if enterprise { person.press(.down) }
    person.press(.backTab, .backTab)
    return person
  }

  /// The token of the write that the form for a new account waits for.
  var sendingToken: RequestToken? {
    guard case .sending(let token) = createForm?.phase else { return nil }
    return token
  }
}
