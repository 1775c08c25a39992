import Cloudflare
import FoundationEssentials

/// How numbers, identifiers and dates are written everywhere.
enum Wording {
  /// Thousands set apart by commas.
  static func number(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: ",")
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(self.number(number)) \(number == 1 ? one : many)"
  }

  /// An identifier in groups of eight, which can be compared by eye.
  static func grouped(id: String) -> String {
    var groups: [String] = []
    var rest = id[...]
    while !rest.isEmpty {
      groups.append(String(rest.prefix(8)))
      rest = rest.dropFirst(8)
    }
    return groups.joined(separator: " ")
  }

  /// The ends of an identifier, where there is no room for the whole.
  static func short(id: String) -> String {
    id.count <= 12 ? id : "\(id.prefix(4))…\(id.suffix(4))"
  }

  /// `2023-04-11`, in UTC.
  static func day(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
  }

  /// `2023-04-11 14:07 UTC`.
  static func minute(_ date: Date) -> String {
    let time = date.formatted(
      Date.ISO8601FormatStyle(timeSeparator: .colon, timeZone: .gmt).time(includingFractionalSeconds: false))
    return "\(day(date)) \(time.prefix(5)) UTC"
  }

  /// How long ago a date is, in its largest unit.
  static func age(of date: Date, at now: Date) -> String {
    let seconds = Int(now.timeIntervalSince(date))
    // The clocks of two machines differ, and `now` is a whole minute.
    guard seconds >= -300 else { return "in the future" }
    // A year is the Gregorian mean of 365.2425 days, a month the twelfth of it.
    for (length, one, many) in [
      (31_556_952, "year", "years"), (2_629_746, "month", "months"), (86_400, "day", "days"), (3_600, "hour", "hours"),
      (60, "minute", "minutes"),
    ] where seconds >= length {
      return count(seconds / length, one, many) + " ago"
    }
    return "just now"
  }

  static func type(_ type: AccountType?) -> String { type?.rawValue ?? "not said" }
}
