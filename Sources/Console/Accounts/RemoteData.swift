import Cloudflare
import FoundationEssentials

/// What is known of one thing that the server has to be asked for.
///
/// Only ``known(_:)`` says something about the thing itself: an unknown value is not an empty one.
enum RemoteData<Value: Sendable & Equatable>: Sendable, Equatable {
  case unread
  /// On its way; what an earlier reading brought stays until then.
  case loading(earlier: Reading?)
  case known(Reading)
  /// It could not be read, for this reason, at that time.
  case unavailable(CloudflareError, Date)

  /// A value as it was at one time.
  struct Reading: Sendable, Equatable {
    var value: Value
    var date: Date

    init(_ value: Value, at date: Date) {
      self.value = value
      self.date = date
    }
  }

  /// The newest reading that there is, though another may be on its way.
  var reading: Reading? {
    switch self {
    case .known(let reading): reading
    case .loading(let earlier): earlier
    case .unread, .unavailable: nil
    }
  }

  /// The value of the last reading; `nil` where there is none, it failed, or another one is on its way.
  var current: Value? {
    guard case .known(let reading) = self else { return nil }
    return reading.value
  }

  /// When the server last answered or failed; `nil` before the first time.
  var date: Date? {
    switch self {
    case .unavailable(_, let date): date
    case .known, .loading: reading?.date
    case .unread: nil
    }
  }

  var failure: CloudflareError? {
    guard case .unavailable(let error, _) = self else { return nil }
    return error
  }

  var isLoading: Bool {
    if case .loading = self { return true }
    return false
  }

  mutating func begin() { self = .loading(earlier: reading) }

  /// Back to what was known before the request on its way.
  mutating func giveUp() {
    guard case .loading(let earlier) = self else { return }
    self = earlier.map(RemoteData.known) ?? .unread
  }

  mutating func receive(_ result: Result<Value, CloudflareError>, at date: Date) {
    switch result {
    case .success(let value): self = .known(Reading(value, at: date))
    case .failure(let error): self = .unavailable(error, date)
    }
  }

  /// Takes a page behind those that are known in.
  ///
  /// - Returns: whether it brought anything new.
  mutating func append<Element: Identifiable>(_ page: Value) -> Bool where Value == CountedList<Element> {
    guard var reading else { return false }
    let isNew = reading.value.append(page)
    self = .known(reading)
    return isNew
  }
}
