import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Units and types that may be chosen")
struct TenancyTests {
  private func opened(_ answer: TenancyAnswer? = nil) -> Person {
    var person = Person(accounts: 20)
    person.press(.character("n"))
    if let answer { person.answerTenancy(answer) }
    return person
  }

  private let denied = CloudflareError(
    .refused, status: 403, errors: [APIMessage(code: 9109, message: "Unauthorized to access requested resource")])

  private func tenants(_ count: Int, units: Int = 1) -> [Tenant] {
    (1...count).map { tenant in
      Tenant(
        id: "t\(tenant)", name: "Tenant \(tenant)",
        units: (1...units).map { Tenant.Unit(id: "t\(tenant)u\($0)", name: "Unit \($0)") })
    }
  }

  @Test("they are asked for when the form first opens, and not again; the form does not wait")
  func once() throws {
    var person = opened()
    let token = try #require(person.state.tenancy.token)
    #expect(person.effects == [.readTenancy(token: token)])
    person.type("Harbor")
    #expect(person.createForm?.name.text == "Harbor")
    person.answerTenancy()
    person.press(.escape)
    person.press(.character("n"))
    #expect(!person.effects.contains { $0.identity == .tenancy })
    #expect(person.createForm?.tenancy.units.map(\.id) == ["u1", "u2", "u3"])
  }

  @Test("the unit is chosen by its name, and sent by its identifier")
  func chosen() {
    var person = opened(Fixture.tenancy)
    person.type("Harbor")
    person.press(.tab, .tab, .tab, .down, .down)
    #expect(person.screen.contains("(•) Northshore Agencies"))
    person.press(.backTab, .backTab, .backTab, .backTab)
    guard case .create(let creation)? = person.press(.enter).first?.intent?.operation else {
      Issue.record("nothing was sent")
      return
    }
    #expect(creation.account == NewAccount(name: "Harbor", type: .standard, unitID: "u2"))
  }

  @Test("where units cannot be listed, one is typed, and the reason is said")
  func typed() {
    var person = opened(TenancyAnswer(tenants: .failure(denied)))
    person.type("Harbor")
    person.press(.tab, .tab, .tab)
    person.type("u9")
    #expect(person.screen.contains("The units could not be listed, so type one if you need it."))
    #expect(person.createForm?.account.unit == NewAccount.Unit(id: "u9"))
    person.press(.escape)
    person.press(.character("n"))
    #expect(person.effects.contains { $0.identity == .tenancy })
  }

  @Test("a unit that was typed before the list came, and is not in it, stays as it was typed")
  func typedFirst() {
    var person = opened()
    person.type("Harbor")
    person.press(.tab, .tab, .tab)
    person.type("zz")
    person.answerTenancy()
    #expect(person.state.inputContext == .field)
    #expect(person.createForm?.unit.text == "zz")
  }

  @Test("credentials without a tenant are told what that means")
  func noTenant() {
    let person = opened(TenancyAnswer(tenants: .success([])))
    #expect(person.screen.contains("No tenant is administered with these credentials"))
  }

  @Test("only the types that the tenant may create are offered")
  func types() {
    var person = opened(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .success([.standard])]))
    #expect(!person.screen.contains("enterprise customers"))
    person.press(.tab, .down)
    #expect(person.createForm?.type == .standard)
  }

  @Test("a type that turns out not to be allowed stays chosen, with a word about it")
  func chosenBefore() {
    var person = opened()
    person.press(.tab, .down)
    person.answerTenancy(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .success([.standard])]))
    #expect(person.createForm?.type == .enterprise)
    #expect(person.screen.contains("Your tenant may not create accounts of type enterprise."))
  }

  @Test("types that cannot be read leave both to choose from, with the reason")
  func unreadableTypes() {
    let person = opened(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .failure(denied)]))
    #expect(person.screen.contains("enterprise customers"))
    #expect(person.screen.contains("Which types your tenant may create could not be read."))
  }

  @Test("of several tenants, the one that the chosen unit belongs to decides about the types")
  func severalTenants() {
    let answer = TenancyAnswer(
      tenants: .success(tenants(2)),
      types: ["t1": .success([.standard]), "t2": .success([.enterprise, AccountType(rawValue: "partner")])])
    let tenancy = Tenancy(answer: answer)
    #expect(tenancy.types(for: nil).types.map(\.rawValue) == ["standard", "enterprise", "partner"])
    #expect(tenancy.types(for: "t1u1").types == [.standard])
    #expect(tenancy.types(for: "t2u1").types.map(\.rawValue) == ["enterprise", "partner"])
    #expect(opened(answer).screen.contains("Tenant 2"))
  }

  @Test("of very many units only those around the chosen one are drawn")
  func manyUnits() {
    var person = opened(
      TenancyAnswer(tenants: .success(tenants(1, units: 300)), types: ["t1": .success([.standard])]))
    #expect(person.screen.contains("300 units"))
    person.press(.tab, .tab, .tab)
    for _ in 0..<150 { person.press(.down) }
    #expect(person.screen.contains("(•) Unit 150 "))
    #expect(person.screen.contains("150 of 300 units"))
    #expect(!person.screen.contains("Unit 140 "))
  }

  @Test("a late answer to an older question changes nothing")
  func stale() {
    var person = opened()
    guard let token = person.state.tenancy.token else { return }
    person.answerTenancy()
    let state = person.state
    person.send(.create(.tenancyRead(token: token, TenancyAnswer(tenants: .success([])))))
    #expect(person.state == state)
  }
}
