import Cloudflare
import FoundationEssentials

/// One line of the journal.
enum JournalRecord: Sendable, Equatable {
  case intent(WriteIntent, ProcessIdentity)
  case outcome(WriteIntent.ID, WriteOutcome)

  /// The line without its end: JSON in which nothing can break the line or steer a terminal that shows it.
  var line: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return Self.escaped(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
  }

  /// - Throws: when the line is not one that this version has written or can read.
  init(line: some Collection<UInt8>) throws {
    self = try Self.decoder.decode(JournalRecord.self, from: Data(line))
  }

  private static let decoder = JSONDecoder()

  /// Outside of strings JSON is ASCII, so whatever else there is can be written as an escape.
  private static func escaped(_ json: String) -> String {
    var text = ""
    for scalar in json.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension JournalRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case record, id, time, endpoint, identity, profile, operation, account, name, type, unit, business, settings
    case process
    case duplicateNames = "namesakes"
    case allDuplicateNames = "all_namesakes"
    case twoFactor = "two_factor"
    case serverTime = "server_time"
    case mayActUntil = "may_act_until"
    case leavesRest = "rest_left"
    case key = "idempotency_key"
    case created = "created_on"
    case outcome, status, ray, explanation
  }

  private enum Kind: String, Codable {
    case intent, outcome
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .intent(let intent, let process):
      try container.encode(Kind.intent, forKey: .record)
      try container.encode(intent.id, forKey: .id)
      try container.encode(JournalTime.text(intent.date), forKey: .time)
      try container.encode(intent.origin.endpoint, forKey: .endpoint)
      try container.encode(intent.origin.identity, forKey: .identity)
      try container.encodeIfPresent(intent.profile, forKey: .profile)
      try container.encode(process, forKey: .process)
      try container.encode(intent.operation.kind, forKey: .operation)
      try container.encodeIfPresent(intent.operation.accountID, forKey: .account)
      try container.encode(intent.operation.name, forKey: .name)
      switch intent.operation {
      case .create(let creation):
        let account = creation.account
        try container.encode(account.type, forKey: .type)
        try container.encodeIfPresent(account.unit?.id, forKey: .unit)
        if !account.business.isEmpty { try container.encode(account.business, forKey: .business) }
        if creation.requiresTwoFactor { try container.encode(true, forKey: .twoFactor) }
        try container.encode(creation.idempotencyKey, forKey: .key)
        try container.encode(creation.duplicateNames, forKey: .duplicateNames)
        if creation.knowsAllDuplicateNames { try container.encode(true, forKey: .allDuplicateNames) }
        try container.encodeIfPresent(creation.serverDate.map(JournalTime.text), forKey: .serverTime)
      case .update(_, let changes): try container.encodeIfPresent(changes.settings, forKey: .settings)
      case .delete(_, _, let createdOn):
        try container.encodeIfPresent(createdOn.map(JournalTime.text), forKey: .created)
      }
    case .outcome(let id, let outcome):
      try container.encode(Kind.outcome, forKey: .record)
      try container.encode(id, forKey: .id)
      try container.encode(JournalTime.text(outcome.date), forKey: .time)
      try container.encode(outcome.kind, forKey: .outcome)
      try container.encodeIfPresent(outcome.accountID, forKey: .account)
      try container.encodeIfPresent(outcome.httpStatus, forKey: .status)
      try container.encodeIfPresent(outcome.ray, forKey: .ray)
      try container.encodeIfPresent(outcome.message, forKey: .explanation)
      try container.encodeIfPresent(outcome.mayActUntil.map(JournalTime.text), forKey: .mayActUntil)
      if outcome.leavesRest { try container.encode(true, forKey: .leavesRest) }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id = try container.decode(String.self, forKey: .id)
    guard let date = JournalTime.date(try container.decode(String.self, forKey: .time)) else {
      throw DecodingError.dataCorruptedError(forKey: .time, in: container, debugDescription: "no time")
    }
    switch try container.decode(Kind.self, forKey: .record) {
    case .intent:
      let origin = WriteOrigin(
        endpoint: try container.decode(String.self, forKey: .endpoint),
        identity: try container.decode(String.self, forKey: .identity))
      self = .intent(
        WriteIntent(
          id: id, date: date, origin: origin, profile: try container.decodeIfPresent(String.self, forKey: .profile),
          operation: try Self.operation(in: container)),
        try container.decode(ProcessIdentity.self, forKey: .process))
    case .outcome:
      var outcome = WriteOutcome(
        try container.decode(WriteOutcome.Kind.self, forKey: .outcome), date: date,
        accountID: try container.decodeIfPresent(String.self, forKey: .account),
        httpStatus: try container.decodeIfPresent(Int.self, forKey: .status),
        ray: try container.decodeIfPresent(String.self, forKey: .ray),
        message: try container.decodeIfPresent(String.self, forKey: .explanation),
        mayActUntil: try container.decodeIfPresent(String.self, forKey: .mayActUntil).flatMap(JournalTime.date))
      outcome.leavesRest = try container.decodeIfPresent(Bool.self, forKey: .leavesRest) ?? false
      self = .outcome(id, outcome)
    }
  }

  private static func operation(in container: KeyedDecodingContainer<CodingKeys>) throws -> WriteOperation {
    let name = try container.decode(String.self, forKey: .name)
    switch try container.decode(WriteOperation.Kind.self, forKey: .operation) {
    case .create:
      let account = NewAccount(
        name: name, type: try container.decode(AccountType.self, forKey: .type),
        unitID: try container.decodeIfPresent(String.self, forKey: .unit),
        business: try container.decodeIfPresent(BusinessDetails.self, forKey: .business) ?? BusinessDetails())
      return .create(
        Creation(
          account, idempotencyKey: try container.decode(String.self, forKey: .key),
          requiresTwoFactor: try container.decodeIfPresent(Bool.self, forKey: .twoFactor) ?? false,
          duplicateNames: try container.decodeIfPresent([String].self, forKey: .duplicateNames) ?? [],
          knowsAllDuplicateNames: try container.decodeIfPresent(Bool.self, forKey: .allDuplicateNames) ?? false,
          serverDate: try container.decodeIfPresent(String.self, forKey: .serverTime).flatMap(JournalTime.date)))
    case .update:
      let settings = try container.decodeIfPresent(AccountSettings.self, forKey: .settings)
      return .update(
        try container.decode(String.self, forKey: .account), AccountChanges(name: name, settings: settings))
    case .delete:
      let created = try container.decodeIfPresent(String.self, forKey: .created).flatMap(JournalTime.date)
      return .delete(try container.decode(String.self, forKey: .account), name: name, createdOn: created)
    }
  }
}

/// Times in the journal: UTC with milliseconds, `2026-11-24T09:05:07.123Z`.
enum JournalTime {
  static func text(_ date: Date) -> String { date.formatted(style) }

  static func date(_ text: String) -> Date? { try? Date(text, strategy: style) }

  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
