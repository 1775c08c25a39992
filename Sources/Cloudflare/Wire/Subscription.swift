/// A plan or add-on that an account pays for, or has for nothing.
public struct Subscription: Sendable, Equatable, Codable {
  public var id: String?
  public var ratePlan: RatePlan?
  /// For one period, in ``currency``.
  public var price: Double?
  public var currency: String?
  /// `weekly`, `monthly`, `quarterly` or `yearly` in the published schema.
  public var frequency: String?
  /// `Trial`, `Provisioned`, `Paid`, `AwaitingPayment`, `Cancelled`, `Failed` or `Expired` in the published schema.
  public var state: String?

  public init(
    id: String? = nil, ratePlan: RatePlan? = nil, price: Double? = nil, currency: String? = nil,
    frequency: String? = nil, state: String? = nil
  ) {
    self.id = id
    self.ratePlan = ratePlan
    self.price = price
    self.currency = currency
    self.frequency = frequency
    self.state = state
  }

  public struct RatePlan: Sendable, Equatable, Codable {
    public var id: String?
    public var publicName: String?

    public init(id: String? = nil, publicName: String? = nil) {
      self.id = id
      self.publicName = publicName
    }

    enum CodingKeys: String, CodingKey {
      case id
      case publicName = "public_name"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = container.lenient(String.self, .id)
      publicName = container.lenient(String.self, .publicName)
    }
  }

  enum CodingKeys: String, CodingKey {
    case id, price, currency, frequency, state
    case ratePlan = "rate_plan"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = container.lenient(String.self, .id)
    ratePlan = container.lenient(RatePlan.self, .ratePlan)
    price = container.lenient(Double.self, .price)
    currency = container.lenient(String.self, .currency)
    frequency = container.lenient(String.self, .frequency)
    state = container.lenient(String.self, .state)
  }
}
