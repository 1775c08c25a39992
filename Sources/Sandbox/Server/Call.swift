/// A request that has been let in.
struct Call: Sendable {
  var method: String
  var endpoint: Endpoint
  /// The path as it came, without the query.
  var path: String
  var query: Query
  var caller: Caller
  var idempotencyKey: String?
  var body: [UInt8]

  func json() throws(Refusal) -> JSON {
    let value: JSON
    do { value = try JSON(parsing: body) } catch { throw .invalid("The request body is not valid JSON", pointer: "") }
    guard case .object = value else { throw .invalid("The request body must be a JSON object", pointer: "") }
    return value
  }
}
