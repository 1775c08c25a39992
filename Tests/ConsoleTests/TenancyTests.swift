import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("Units and types that may be chosen")
struct TenancyTests {
  private func opened(_ answer: TenancyAnswer? = nil) -> TestDriver {
    var driver = TestDriver(accounts: 20)
    driver.press(.character("n"))
    if let answer { driver.answerTenancy(answer) }
    return driver
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
  func once() {
    var driver = opened()
    #expect(driver.effects == [.readTenancy])
    driver.type("Harbor")
    #expect(driver.createForm?.name.text == "Harbor")
    driver.answerTenancy()
    driver.press(.escape)
    driver.press(.character("n"))
    #expect(!driver.effects.contains { $0.id == .tenancy })
    #expect(driver.tenancy.units.map(\.id) == ["u1", "u2", "u3"])
  }

  @Test("the unit is chosen by its name, and sent by its identifier")
  func chosen() {
    var driver = opened(Fixture.tenancy)
    driver.type("Harbor")
    driver.press(.tab, .tab, .tab, .down, .down)
    #expect(driver.screen.contains("(•) Northshore Agencies"))
    driver.press(.backTab, .backTab, .backTab, .backTab)
    guard case .create(let creation)? = driver.press(.enter).first?.intent?.operation else {
      Issue.record("nothing was sent")
      return
    }
    #expect(creation.account == NewAccount(name: "Harbor", type: .standard, unitID: "u2"))
  }

  @Test("where units cannot be listed, one is typed, and the reason is said")
  func typed() {
    var driver = opened(TenancyAnswer(tenants: .failure(denied)))
    driver.type("Harbor")
    driver.press(.tab, .tab, .tab)
    driver.type("u9")
    #expect(driver.screen.contains("The units could not be listed, so type one if you need it."))
    #expect(driver.createForm?.account.unit == NewAccount.Unit(id: "u9"))
    driver.press(.escape)
    driver.press(.character("n"))
    #expect(driver.effects.contains { $0.id == .tenancy })
  }

  @Test("a unit that was typed before the list came, and is not in it, stays as it was typed")
  func typedFirst() {
    var driver = opened()
    driver.type("Harbor")
    driver.press(.tab, .tab, .tab)
    driver.type("zz")
    driver.answerTenancy()
    #expect(driver.context == .field)
    #expect(driver.createForm?.unit.text == "zz")
  }

  @Test("without keys, a typed unit that is not in the list is replaced as a whole")
  func replaced() {
    var driver = opened()
    driver.type("Harbor")
    driver.press(.tab, .tab, .tab)
    driver.type("zz")
    driver.answerTenancy()
    driver.send(.plain(.form(.fill("yy"))))
    #expect(driver.createForm?.unit.text == "yy")
    driver.send(.plain(.form(.fill("u2"))))
    #expect(driver.createForm?.unit.text == "u2" && driver.context == .choice)
    driver.send(.plain(.form(.fill("zz"))))
    #expect(driver.createForm?.unit.text == "u2")
  }

  @Test("credentials without a tenant are told what that means")
  func noTenant() {
    let driver = opened(TenancyAnswer(tenants: .success([])))
    #expect(driver.screen.contains("No tenant is administered with these credentials"))
  }

  @Test("only the types that the tenant may create are offered")
  func types() {
    var driver = opened(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .success([.standard])]))
    #expect(!driver.screen.contains("enterprise customers"))
    driver.press(.tab, .down)
    #expect(driver.createForm?.type == .standard)
  }

  @Test("a type that turns out not to be allowed stays chosen, with a word about it")
  func chosenBefore() {
    var driver = opened()
    driver.press(.tab, .down)
    driver.answerTenancy(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .success([.standard])]))
    #expect(driver.createForm?.type == .enterprise)
    #expect(driver.screen.contains("Your tenant may not create accounts of type enterprise."))
  }

  @Test("types that cannot be read leave both to choose from, with the reason")
  func unreadableTypes() {
    let driver = opened(TenancyAnswer(tenants: .success(tenants(1)), types: ["t1": .failure(denied)]))
    #expect(driver.screen.contains("enterprise customers"))
    #expect(driver.screen.contains("Which types your tenant may create could not be read."))
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
    var driver = opened(
      TenancyAnswer(tenants: .success(tenants(1, units: 300)), types: ["t1": .success([.standard])]))
    #expect(driver.screen.contains("300 units"))
    driver.press(.tab, .tab, .tab)
    for _ in 0..<150 { driver.press(.down) }
    #expect(driver.screen.contains("(•) Unit 150 "))
    #expect(driver.screen.contains("150 of 300 units"))
    #expect(!driver.screen.contains("Unit 140 "))
  }

  @Test("the form that is opened again while they are asked for asks no second time, and hears of the one answer")
  func stale() {
    var driver = opened()
    driver.press(.escape, .character("n"))
    #expect(!driver.effects.contains { $0.id == .tenancy } && driver.isRunning(.tenancy))
    driver.answerTenancy()
    #expect(driver.tenancy.units.map(\.id) == ["u1", "u2", "u3"])
    #expect(!driver.isRunning(.tenancy))
  }
}
