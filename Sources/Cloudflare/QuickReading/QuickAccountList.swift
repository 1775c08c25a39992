import FoundationEssentials
import NIOCore

/// Reads the usual answer to `GET /accounts`, many times faster than `JSONDecoder` does.
///
/// It only ever says what `JSONDecoder` would say. What is not as usual (a refusal, messages, a field of another type,
/// a key that comes twice, anything wrong) is left to `JSONDecoder`, with its exact errors.
enum QuickAccountList {
  private typealias Unsure = JSONCursor.Unsure

  /// The answer, or `nil` when `JSONDecoder` has to read it.
  static func read(_ body: ByteBuffer) -> Envelope<[Account]>? {
    body.withUnsafeReadableBytes { bytes in
      var cursor = JSONCursor(bytes)
      return try? envelope(&cursor)
    }
  }

  private static func envelope(_ cursor: inout JSONCursor) throws(Unsure) -> Envelope<[Account]> {
    var envelope = Envelope<[Account]>(success: nil)
    var seen = Members()
    try cursor.enterObject()
    while let key = try cursor.nextKey() {
      switch key {
      case "success":
        try seen.add(0)
        envelope.success = try cursor.boolean()
      case "errors":
        try seen.add(1)
        try nothing(&cursor)
      case "messages":
        try seen.add(2)
        try nothing(&cursor)
      case "result":
        try seen.add(3)
        if try !cursor.takeNull() { envelope.result = try accounts(&cursor) }
      case "result_info":
        try seen.add(4)
        if try !cursor.takeNull() { envelope.resultInfo = try info(&cursor) }
      default: try cursor.skip()
      }
    }
    try cursor.finish()
    guard envelope.success == true else { throw Unsure() }
    return envelope
  }

  /// No error, no message.
  private static func nothing(_ cursor: inout JSONCursor) throws(Unsure) {
    if try cursor.takeNull() { return }
    try cursor.enterArray()
    if try cursor.hasElement() { throw Unsure() }
  }

  private static func accounts(_ cursor: inout JSONCursor) throws(Unsure) -> [Account] {
    var accounts: [Account] = []
    accounts.reserveCapacity(ListQuery.perPageBounds.upperBound)
    try cursor.enterArray()
    while try cursor.hasElement() { accounts.append(try account(&cursor)) }
    return accounts
  }

  private static func account(_ cursor: inout JSONCursor) throws(Unsure) -> Account {
    var id: String?
    var name: String?
    var account = Account(id: "", name: "")
    var seen = Members()
    try cursor.enterObject()
    while let key = try cursor.nextKey() {
      switch key {
      case "id":
        try seen.add(0)
        id = try cursor.string()
      case "name":
        try seen.add(1)
        name = try cursor.string()
      case "type":
        try seen.add(2)
        if let type = try string(&cursor) { account.type = AccountType(rawValue: type) }
      case "settings":
        try seen.add(3)
        if try !cursor.takeNull() { account.settings = try settings(&cursor) }
      case "created_on":
        try seen.add(4)
        if try !cursor.takeNull() { account.createdOn = try date(&cursor).flatMap(Account.creationDate) }
      case "managed_by":
        try seen.add(5)
        if try !cursor.takeNull() { account.managedBy = try parent(&cursor) }
      default: try cursor.skip()
      }
    }
    guard let id, let name else { throw Unsure() }
    account.id = id
    account.name = name
    return account
  }

  private static func settings(_ cursor: inout JSONCursor) throws(Unsure) -> AccountSettings {
    var settings = AccountSettings()
    var seen = Members()
    try cursor.enterObject()
    while let key = try cursor.nextKey() {
      switch key {
      case "enforce_twofactor":
        try seen.add(0)
        if try !cursor.takeNull() { settings.enforceTwoFactor = try cursor.boolean() }
      case "abuse_contact_email":
        try seen.add(1)
        settings.abuseContactEmail = try string(&cursor)
      default: try cursor.skip()
      }
    }
    return settings
  }

  private static func parent(_ cursor: inout JSONCursor) throws(Unsure) -> Account.Parent {
    var parent = Account.Parent()
    var seen = Members()
    try cursor.enterObject()
    while let key = try cursor.nextKey() {
      switch key {
      case "parent_org_id":
        try seen.add(0)
        parent.id = try string(&cursor)
      case "parent_org_name":
        try seen.add(1)
        parent.name = try string(&cursor)
      default: try cursor.skip()
      }
    }
    return parent
  }

  private static func info(_ cursor: inout JSONCursor) throws(Unsure) -> ResultInfo {
    var info = ResultInfo()
    var seen = Members()
    try cursor.enterObject()
    while let key = try cursor.nextKey() {
      switch key {
      case "page":
        try seen.add(0)
        info.page = try integer(&cursor)
      case "per_page":
        try seen.add(1)
        info.perPage = try integer(&cursor)
      case "total_pages":
        try seen.add(2)
        info.totalPages = try integer(&cursor)
      case "count":
        try seen.add(3)
        info.count = try integer(&cursor)
      case "total_count":
        try seen.add(4)
        info.totalCount = try integer(&cursor)
      default: try cursor.skip()
      }
    }
    return info
  }

  private static func string(_ cursor: inout JSONCursor) throws(Unsure) -> String? {
    if try cursor.takeNull() { return nil }
    return try cursor.string()
  }

  private static func integer(_ cursor: inout JSONCursor) throws(Unsure) -> Int? {
    if try cursor.takeNull() { return nil }
    return try cursor.integer()
  }

  private static func date(_ cursor: inout JSONCursor) throws(Unsure) -> Date? {
    let text = try cursor.text()
    if let date = WireDate.parseUsual(text.bytes) { return date }
    return WireDate.parse(try cursor.string(text))
  }
}

/// Which members an object has had.
private struct Members {
  private var bits: UInt8 = 0

  /// - Throws: when the member comes again, since only `JSONDecoder` knows which of the two it takes.
  mutating func add(_ number: UInt8) throws(JSONCursor.Unsure) {
    guard bits & (1 << number) == 0 else { throw JSONCursor.Unsure() }
    bits |= 1 << number
  }
}
