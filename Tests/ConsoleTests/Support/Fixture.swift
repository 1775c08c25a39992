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

/// Widths come from the locale, which the program sets before anything else.
func setLocaleOnce() { _ = localeIsSet }

private let localeIsSet = setlocale(LC_CTYPE, "C.UTF-8") != nil
