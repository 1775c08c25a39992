import Cloudflare
import FoundationEssentials
import Glibc

@testable import Console

/// Accounts that follow from their number alone.
enum Fixture {
  static let origin = WriteOrigin(endpoint: "http://127.0.0.1:4711/client/v4", identity: "admin@sandbox.example")

  static func id(_ number: Int) -> Account.ID {
    let digits = String(number, radix: 16)
    return "ab" + String(repeating: "0", count: 30 - digits.count) + digits
  }

  /// The account at this place of the list, from 0.
  static func account(_ number: Int, name: String? = nil, type: AccountType? = nil) -> Account {
    Account(
      id: id(number), name: name ?? "Account \(number)", type: type ?? (number % 7 == 3 ? .enterprise : .standard),
      settings: AccountSettings(enforceTwoFactor: number % 5 == 0),
      createdOn: Date(timeIntervalSince1970: 1_600_000_000 + Double(number) * 86_400),
      managedBy: Account.Parent(id: "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0", name: "Northshore Hosting"))
  }

  /// One tenant with three units, which may create both types.
  static let tenancy = TenancyAnswer(
    tenants: .success([
      Tenant(
        id: "t1", name: "Northshore Hosting",
        units: [
          Tenant.Unit(id: "u1", name: "Northshore Hosting"), Tenant.Unit(id: "u2", name: "Northshore Agencies"),
          Tenant.Unit(id: "u3", name: "Enterprise Desk"),
        ])
    ]), types: ["t1": .success([.standard, .enterprise])])

  static func page(_ page: Int, of total: Int, perPage: Int = 50) -> AccountPage {
    let first = (page - 1) * perPage
    let accounts = first < total ? (first..<min(total, first + perPage)).map { account($0) } : []
    return AccountPage(
      accounts: accounts,
      info: ResultInfo(
        page: page, perPage: perPage, totalPages: (total + perPage - 1) / perPage, count: accounts.count,
        totalCount: total))
  }
}

extension Account {
  /// The same account, of which no member needs two-factor authentication.
  var withoutTwoFactor: Account {
    var account = self
    account.settings?.enforceTwoFactor = false
    return account
  }

  /// The same account, with a name that cannot be read.
  func unnamed(_ problem: NameProblem) -> Account {
    var account = self
    account.name = ""
    account.nameProblem = problem
    return account
  }

  var withTwoFactor: Account {
    var account = self
    account.settings?.enforceTwoFactor = true
    return account
  }
}

/// Widths come from the locale, which the program sets before anything else.
func setLocaleOnce() { _ = localeIsSet }

private let localeIsSet = setlocale(LC_CTYPE, "C.UTF-8") != nil
