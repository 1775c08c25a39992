/// A job that sends an account's logs elsewhere. It survives the deletion of its account and keeps working.
///
/// The destination is left out by design: it may hold the credentials of the place that the logs go to.
public struct LogpushJob: Sendable, Equatable, Codable {
  public var id: Int?
  public var name: String?
  /// What is sent, such as `audit_logs`.
  public var dataset: String?
  public var isEnabled: Bool?

  public init(id: Int? = nil, name: String? = nil, dataset: String? = nil, isEnabled: Bool? = nil) {
    self.id = id
    self.name = name
    self.dataset = dataset
    self.isEnabled = isEnabled
  }

  enum CodingKeys: String, CodingKey {
    case id, name, dataset
    case isEnabled = "enabled"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = container.lenient(Int.self, .id)
    name = container.lenient(String.self, .name)
    dataset = container.lenient(String.self, .dataset)
    isEnabled = container.lenient(Bool.self, .isEnabled)
  }
}
