import FoundationEssentials

/// A Cloudflare account as the v4 API describes it.
///
/// Decoding is tolerant on purpose: only ``id`` has to be there. Live answers leave out `type` in lists, carry `null` for
/// settings and add fields that the published schema does not know.
public struct Account: Sendable, Equatable, Identifiable {
  /// The only identity of an account: 32 lowercase hexadecimal digits in every known sample.
  public var id: String
  /// The name exactly as the server sent it; empty where it cannot be read (``nameProblem``). Names are not unique, and
  /// may hold any character.
  public var name: String
  /// What the account was created as; `nil` when the answer did not say.
  public var type: AccountType?
  public var settings: AccountSettings?
  /// When the account was created; `nil` when absent, not readable as a date, or no date of an account.
  public var createdOn: Date?
  /// Why ``name`` is not known, where it is not: such an account can be looked at, and never be written to.
  public var nameProblem: NameProblem?
  /// The tenant unit or organization that manages the account; `nil` for accounts without a parent.
  public var managedBy: Parent?

  public init(
    id: String, name: String, type: AccountType? = nil, settings: AccountSettings? = nil, createdOn: Date? = nil,
    managedBy: Parent? = nil
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.settings = settings
    self.createdOn = createdOn
    self.managedBy = managedBy
  }

  /// Why an account's name cannot be read.
  public enum NameProblem: String, Sendable, Codable {
    case missing
    case null
    case noText = "type"
    /// Half of a surrogate pair stands alone in it, or it is no UTF-8.
    case noUnicode = "unicode"
  }

  /// The organization above an account (`managed_by`), read-only on the wire.
  public struct Parent: Sendable, Equatable, Codable {
    public var id: String?
    public var name: String?

    public init(id: String? = nil, name: String? = nil) {
      self.id = id
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case id = "parent_org_id"
      case name = "parent_org_name"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = container.lenient(String.self, .id)
      name = container.lenient(String.self, .name)
    }
  }
}

/// The kind of an account. Values that this version does not know are kept as they came.
public struct AccountType: RawRepresentable, Sendable, Hashable, Codable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Self-serve customers; the API's default.
  public static let standard = AccountType(rawValue: "standard")
  /// Enterprise customers; needs a partner agreement that allows it.
  public static let enterprise = AccountType(rawValue: "enterprise")
}

/// The part of an account's settings that the console shows or changes. Each may be `null` on the wire.
public struct AccountSettings: Sendable, Equatable, Codable {
  public var enforceTwoFactor: Bool?
  public var abuseContactEmail: String?

  public init(enforceTwoFactor: Bool? = nil, abuseContactEmail: String? = nil) {
    self.enforceTwoFactor = enforceTwoFactor
    self.abuseContactEmail = abuseContactEmail
  }

  enum CodingKeys: String, CodingKey {
    case enforceTwoFactor = "enforce_twofactor"
    case abuseContactEmail = "abuse_contact_email"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    enforceTwoFactor = container.lenient(Bool.self, .enforceTwoFactor)
    abuseContactEmail = container.lenient(String.self, .abuseContactEmail)
  }
}

extension Account: Codable {
  enum CodingKeys: String, CodingKey {
    case id, name, type, settings
    case createdOn = "created_on"
    case managedBy = "managed_by"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    // A field of an unexpected shape must not cost the person the whole account.
    do {
      name = try container.decode(String.self, forKey: .name)
    } catch {
      name = ""
      nameProblem = NameProblem(error)
    }
    type = container.lenient(AccountType.self, .type)
    settings = container.lenient(AccountSettings.self, .settings)
    managedBy = container.lenient(Parent.self, .managedBy)
    createdOn = container.lenientDate(.createdOn).flatMap(Self.creationDate)
  }

  /// A date, if an account can have been created on it: not before Cloudflare was founded, in 2009, nor ahead of this
  /// machine's clock by more than two days, which a wrong clock or time zone may explain.
  public static func creationDate(_ date: Date) -> Date? {
    date >= founding && date.timeIntervalSinceNow < 2 * 86_400 ? date : nil
  }

  /// 2009-01-01 00:00 UTC.
  private static let founding = Date(timeIntervalSince1970: 1_230_768_000)

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(type, forKey: .type)
    try container.encodeIfPresent(settings, forKey: .settings)
    try container.encodeIfPresent(createdOn.map(WireDate.format), forKey: .createdOn)
    try container.encodeIfPresent(managedBy, forKey: .managedBy)
  }
}

extension Account.NameProblem {
  /// What an attempt to read the name failed by.
  fileprivate init(_ error: any Error) {
    self =
      switch error {
      case DecodingError.keyNotFound: .missing
      case DecodingError.valueNotFound: .null
      case DecodingError.typeMismatch: .noText
      default: .noUnicode
      }
  }
}
