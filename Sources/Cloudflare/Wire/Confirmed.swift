import FoundationEssentials

/// A write that the server confirmed: what it answered, and what names the request when asking Cloudflare's support.
public struct Confirmed<Value: Sendable>: Sendable {
  public var value: Value
  /// The HTTP status.
  public var status: Int?
  /// `cf-ray`.
  public var ray: String?
  /// The server's clock when it answered (`Date`), in whole seconds; `nil` when it did not say.
  public var serverDate: Date?

  public init(_ value: Value, status: Int? = nil, ray: String? = nil, serverDate: Date? = nil) {
    self.value = value
    self.status = status
    self.ray = ray
    self.serverDate = serverDate
  }
}

extension Confirmed: Equatable where Value: Equatable {}
