import Cloudflare

/// A fact about the customer's business that a new account may carry.
enum BusinessField: Sendable, Hashable, CaseIterable {
  case name, address, email, phone, reference

  var title: String {
    switch self {
    case .name: "Company"
    case .address: "Address"
    case .email: "E-mail"
    case .phone: "Phone"
    case .reference: "Reference"
    }
  }

  /// The member of the request's body, as the server points to it.
  var member: String {
    switch self {
    case .name: "business_name"
    case .address: "business_address"
    case .email: "business_email"
    case .phone: "business_phone"
    case .reference: "external_metadata"
    }
  }
}
