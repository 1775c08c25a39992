import Cloudflare
import FoundationEssentials

/// The state of a reading, whatever its value is.
protocol RemoteStatus {
  var isLoading: Bool { get }
  /// When the server last answered or failed; `nil` before the first time.
  var date: Date? { get }
  var failure: CloudflareError? { get }
}

/// A value that is read from the server. Only ``known(_:)`` says what the value is: an unknown value is not empty.
enum RemoteData<Value: Sendable & Equatable>: RemoteStatus, Sendable, Equatable {
  case unread
  /// A reading is under way. The earlier one stays until it ends.
  case loading(earlier: Reading?)
  case known(Reading)
  /// The reading failed at this time.
  case unavailable(CloudflareError, Date)

  /// A value and the time of its reading.
  struct Reading: Sendable, Equatable {
    var value: Value
    var date: Date
  }

  /// The last reading, also while another is under way.
  var reading: Reading? {
    switch self {
    case .known(let reading): reading
    case .loading(let earlier): earlier
    case .unread, .unavailable: nil
    }
  }

  /// The value of the last reading; `nil` if there is none, it failed, or another one is under way.
  var current: Value? {
    guard case .known(let reading) = self else { return nil }
    return reading.value
  }

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

  var isLoading: Bool { if case .loading = self { true } else { false } }

  mutating func begin() { self = .loading(earlier: reading) }

  /// Returns to the earlier reading.
  mutating func giveUp() {
    guard case .loading(let earlier) = self else { return }
    self = earlier.map(RemoteData.known) ?? .unread
  }

  mutating func receive(_ result: Result<Value, CloudflareError>, at date: Date) {
    switch result {
    case .success(let value): self = .known(Reading(value: value, date: date))
    case .failure(let error): self = .unavailable(error, date)
    }
  }

  /// Appends a page to the known ones.
  ///
  /// - Returns: whether the page has new elements.
  mutating func append<Element: Identifiable>(_ page: Value) -> Bool where Value == CountedList<Element> {
    guard var reading else { return false }
    let isNew = reading.value.append(page)
    self = .known(reading)
    return isNew
  }
}
