/// The body of `PUT /accounts/{id}`: what may be changed of an account.
///
/// `type` is left out by design: a body that holds it is refused with code 1001, although the published schema demands
/// it. The parent cannot be changed either.
public struct AccountChanges: Sendable, Equatable, Codable {
  /// Always sent; the present name when it is to stay. 1 to 100 characters (``NewAccount/nameLimit``).
  public var name: String
  /// Only what is set is sent; the server keeps the rest.
  public var settings: AccountSettings?

  public init(name: String, settings: AccountSettings? = nil) {
    self.name = name
    self.settings = settings == AccountSettings() ? nil : settings
  }
}
