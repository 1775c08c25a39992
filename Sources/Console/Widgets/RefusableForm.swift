import Cloudflare

/// A form whose fields the server can refuse one by one, by pointers into the request.
protocol RefusableForm {
  associatedtype Field: Equatable

  /// The server's refusal; `nil` if it has not refused the request.
  var refusedBy: CloudflareError? { get }

  /// The field for a pointer such as `/name`; `nil` if the form has no such field.
  func field(at pointer: String) -> Field?
}

extension RefusableForm {
  /// The server's messages about one field.
  func refusal(of field: Field) -> String? {
    let messages = refusedBy?.errors.filter { self.field(of: $0) == field }.map(\.message) ?? []
    return messages.isEmpty ? nil : messages.joined(separator: "; ")
  }

  /// The first field that the server refused.
  var firstRefused: Field? { refusedBy?.errors.lazy.compactMap(field(of:)).first }

  /// The whole refusal, if a part of it belongs to no field.
  var generalRefusal: String? {
    guard let error = refusedBy else { return nil }
    let isSaidBesideFields = !error.errors.isEmpty && error.errors.allSatisfy { field(of: $0) != nil }
    return isSaidBesideFields ? nil : error.explanation
  }

  private func field(of message: APIMessage) -> Field? { message.source?.pointer.flatMap(field(at:)) }
}
