import Cloudflare
import FoundationEssentials

/// A write that is about to be sent: what the journal keeps of it, before anything leaves.
struct WriteIntent: Sendable, Equatable, Identifiable {
  /// Unique among all writes of everybody.
  var id: String
  var date: Date
  var origin: WriteOrigin
  /// The profile that was worked with, for people: its name may change, so no decision depends on it.
  var profile: String?
  var operation: WriteOperation
}

/// Where a write goes, and on whose behalf. Two writes with different origins say nothing of each other.
public struct WriteOrigin: Sendable, Hashable, Codable {
  /// The base address of the API.
  public var endpoint: String
  /// Whom the credentials stand for, without the secret.
  public var identity: String

  public init(endpoint: String, identity: String) {
    self.endpoint = endpoint
    self.identity = identity
  }
}

/// What a write does, with all that is needed to find out later whether it has happened.
enum WriteOperation: Sendable, Equatable {
  case create(Creation)
  case update(Account.ID, AccountChanges)
  /// `createdOn` is the account's, so that its creation can be told to have happened when it is gone.
  case delete(Account.ID, name: String, createdOn: Date? = nil)

  enum Kind: String, Sendable, Codable {
    case create, update, delete
  }

  var kind: Kind {
    switch self {
    case .create: .create
    case .update: .update
    case .delete: .delete
    }
  }

  /// The account's name, as it is meant to be after the write.
  var name: String {
    switch self {
    case .create(let creation): creation.account.name
    case .update(_, let changes): changes.name
    case .delete(_, let name, _): name
    }
  }

  /// The request as it goes out, without its host.
  var requestLine: String {
    switch self {
    case .create: "POST /accounts"
    case .update(let id, _): "PUT /accounts/\(id)"
    case .delete(let id, _, _): "DELETE /accounts/\(id)"
    }
  }

  /// The account that is written to; `nil` for one that is yet to be created.
  var accountID: Account.ID? {
    switch self {
    case .create: nil
    case .update(let id, _), .delete(let id, _, _): id
    }
  }

  /// Whether this may not be sent while it is not known what became of the other: it would be the same write twice.
  func repeats(_ other: WriteOperation) -> Bool {
    switch (self, other) {
    case (.create(let one), .create(let two)): one.account.name == two.account.name
    case (.update(let one, _), .update(let two, _)), (.delete(let one, _, _), .delete(let two, _, _)): one == two
    default: false
    }
  }
}

extension Session {
  /// The intent of a write from here.
  func intent(_ operation: WriteOperation, in environment: Environment) -> WriteIntent {
    WriteIntent(
      id: environment.freshID, date: environment.date, origin: origin, profile: profile, operation: operation)
  }
}
