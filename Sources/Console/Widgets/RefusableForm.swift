import Cloudflare

/// A form of which the server may refuse single fields, by pointers into the request.
protocol RefusableForm {
  associatedtype Field: Equatable

  /// What the server said; `nil` if it has not refused the request.
  var refusedBy: CloudflareError? { get }

  /// The field for a pointer, such as `/name`; `nil` for none of the form.
  func field(at pointer: String) -> Field?
}

extension RefusableForm {
  /// What the server said about one field.
  func refusal(of field: Field) -> String? {
    let messages = refusedBy?.errors.filter { self.field(of: $0) == field }.map(\.message) ?? []
    return messages.isEmpty ? nil : messages.joined(separator: "; ")
  }

  /// The first field that the server refused.
  var firstRefused: Field? { refusedBy?.errors.lazy.compactMap(field(of:)).first }

  /// All that the server said, if some of it belongs to no field.
  var generalRefusal: String? {
    guard let error = refusedBy else { return nil }
    let isSaidBesideFields = !error.errors.isEmpty && error.errors.allSatisfy { field(of: $0) != nil }
    return isSaidBesideFields ? nil : error.explanation
  }

  private func field(of message: APIMessage) -> Field? { message.source?.pointer.flatMap(field(at:)) }
}
