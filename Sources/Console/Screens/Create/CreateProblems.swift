import Cloudflare

/// What stands against the form for a new account: here, and by the server's word.
extension CreateState {
  var nameLength: Int { AccountName(text: name.text).length }

  /// Why the name cannot be sent; `nil` when it can.
  var nameProblem: String? { AccountName(text: name.text).problem }

  /// What is allowed, and yet probably not meant.
  var nameWarning: String? { AccountName(text: name.text).warning }

  /// Why a field keeps the form from being sent; `nil` when it does not.
  func problem(of field: Field) -> String? {
    switch field {
    case .name: return nameProblem
    case .unit: return unit.text.contains(where: \.isWhitespace) ? "An identifier has no blanks" : nil
    case .business(let field):
      let excess = NewAccount.nameLength(business[field]?.text ?? "") - BusinessDetails.limit
      return excess > 0 ? "\(excess) too many: at most \(BusinessDetails.limit) characters are allowed" : nil
    case .type, .twoFactor, .details, .cancel, .create: return nil
    }
  }

  /// The first field that keeps the form from being sent, be it on screen or not.
  var firstProblem: Field? {
    ([.name, .unit] + BusinessField.allCases.map(Field.business)).first { problem(of: $0) != nil }
  }
}

extension CreateState: RefusableForm {
  var refusedBy: CloudflareError? {
    guard case .refused(let error) = phase else { return nil }
    return error
  }

  func field(at pointer: String) -> Field? {
    // Once the account exists, none of the fields is sent any more.
    guard created == nil else { return nil }
    if pointer.hasPrefix("/name") { return .name }
    if pointer.hasPrefix("/type") { return .type }
    if pointer.hasPrefix("/unit") { return .unit }
    return BusinessField.allCases.first { pointer == "/" + $0.member }.map(Field.business)
  }
}
