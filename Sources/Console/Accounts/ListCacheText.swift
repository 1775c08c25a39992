import Cloudflare
import FoundationEssentials

/// The last known list as text: a line for each page and each account, fields apart by tabs, and a check of all of it
/// at the end, so that damage anywhere is seen.
enum ListCacheText {
  /// Why a text is not read.
  enum Problem: Error {
    case damaged
    case otherVersion
    /// It is of another endpoint or of somebody else.
    case foreign
  }

  static let version = "tenantry accounts 1"
  /// Bytes of a text at most.
  static let limit = 8 * 1024 * 1024
  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")
  /// Stands for a field that is not there; in a field that is, the backslash is doubled.
  private static let absent = "\\0"

  // MARK: Writing

  /// - Returns: the text, without the last pages if it would be longer than ``limit``.
  static func write(_ list: CachedList, of origin: WriteOrigin) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ fields: String..., to bytes: inout [UInt8]) {
      bytes += fields.joined(separator: "\t").utf8
      bytes.append(newline)
    }
    append(version, to: &bytes)
    append(escape(origin.endpoint), escape(origin.identity), to: &bytes)
    let total = list.total.map(String.init) ?? absent
    if list.pageSize == list.perPage {
      append("\(list.perPage)", total, to: &bytes)
    } else {
      append("\(list.perPage)", total, "\(list.pageSize)", to: &bytes)
    }
    for page in list.pages {
      var text: [UInt8] = []
      append(
        "page", "\(page.number)", "\(Int(page.readOn.timeIntervalSince1970.rounded(.down)))", "\(page.accounts.count)",
        to: &text)
      for account in page.accounts { append(line(of: account), to: &text) }
      // The check takes a line of its own.
      guard bytes.count + text.count + 64 <= limit else { break }
      bytes += text
    }
    append("end", check(bytes[...]), to: &bytes)
    return bytes
  }

  private static func line(of account: Account) -> String {
    let settings = account.settings
    let fields: [String?] = [
      account.id, account.nameProblem == nil ? account.name : nil, account.type?.rawValue,
      settings?.enforceTwoFactor.map { $0 ? "1" : "0" },
      settings?.abuseContactEmail, account.createdOn.map { "\(Int($0.timeIntervalSince1970.rounded(.down)))" },
      account.managedBy?.id, account.managedBy?.name,
    ]
    // Only the few without a readable name have one more.
    return (fields + (account.nameProblem.map { [$0.rawValue] } ?? []))
      .map { $0.map(escape) ?? absent }.joined(separator: "\t")
  }

  private static func escape(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == tab || $0 == newline }) else { return text }
    return String(
      text.unicodeScalars.reduce(into: String.UnicodeScalarView()) { escaped, scalar in
        switch scalar {
        case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
        case "\t": escaped.append(contentsOf: "\\t".unicodeScalars)
        case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
        default: escaped.append(scalar)
        }
      })
  }

  // MARK: Reading

  static func read(_ bytes: [UInt8], of origin: WriteOrigin) throws(Problem) -> CachedList {
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)[...]
    guard let first = lines.popFirst(), first.starts(with: "tenantry accounts ".utf8) else { throw .damaged }
    guard first.elementsEqual(version.utf8) else { throw .otherVersion }
    guard lines.popLast()?.isEmpty == true, let end = lines.popLast(), case let ending = fields(end), ending.count == 2,
      ending[0] == "end", ending[1] == check(bytes[..<end.startIndex])
    else { throw .damaged }
    guard let owner = lines.popFirst(), let head = lines.popFirst() else { throw .damaged }
    guard fields(owner) == [origin.endpoint, origin.identity] else { throw .foreign }
    let numbers = fields(head)
    guard 2...3 ~= numbers.count, let perPage = numbers[0].flatMap({ Int($0) }),
      ListQuery.perPageBounds.contains(perPage),
      let pageSize = numbers.count == 2 ? perPage : numbers[2].flatMap({ Int($0) }),
      1...ResultInfo.largestTotal ~= pageSize
    else { throw .damaged }
    var list = CachedList(
      perPage: perPage, pageSize: pageSize, total: numbers[1].flatMap { Int($0) }, pages: [])
    while let line = lines.popFirst() {
      let page = fields(line).map { $0 ?? "" }
      guard page.count == 4, page[0] == "page", let number = Int(page[1]), let seconds = Int(page[2]),
        let count = Int(page[3]), number > (list.pages.last?.number ?? 0), (0...lines.count).contains(count)
      else { throw .damaged }
      var accounts: [Account] = []
      for line in lines.prefix(count) { accounts.append(try account(line)) }
      lines = lines.dropFirst(count)
      list.pages.append(
        .init(number: number, readOn: Date(timeIntervalSince1970: Double(seconds)), accounts: accounts))
    }
    return list
  }

  private static func account(_ line: ArraySlice<UInt8>) throws(Problem) -> Account {
    let fields = fields(line)
    let problem = fields.count == 9 ? fields[8].flatMap(Account.NameProblem.init) : nil
    guard fields.count == (problem == nil ? 8 : 9), let id = fields[0], !id.isEmpty,
      let name = problem == nil ? fields[1] : ""
    else { throw .damaged }
    let (twoFactor, contact) = (fields[3].map { $0 == "1" }, fields[4])
    let settings = AccountSettings(enforceTwoFactor: twoFactor, abuseContactEmail: contact)
    var account = Account(
      id: id, name: name, type: fields[2].map(AccountType.init),
      settings: settings == AccountSettings() ? nil : settings,
      createdOn: fields[5].flatMap { Int($0) }.map { Date(timeIntervalSince1970: Double($0)) },
      managedBy: fields[6] == nil && fields[7] == nil ? nil : Account.Parent(id: fields[6], name: fields[7]))
    account.nameProblem = problem
    return account
  }

  private static func fields(_ line: ArraySlice<UInt8>) -> [String?] {
    line.split(separator: tab, omittingEmptySubsequences: false).map(unescape)
  }

  private static func unescape(_ field: ArraySlice<UInt8>) -> String? {
    guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
    guard !field.elementsEqual(absent.utf8) else { return nil }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in field {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "t") ? tab : byte == UInt8(ascii: "n") ? newline : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// FNV-1a, 64 bits: against damage, not against malice.
  static func check(_ bytes: ArraySlice<UInt8>) -> String {
    String(bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }, radix: 16)
  }
}
