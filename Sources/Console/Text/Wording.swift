import Cloudflare
import FoundationEssentials

/// Formats numbers, identifiers and dates.
public enum Wording {
  /// `12,345`
  public static func number(_ number: Int) -> String {
    let digits = String(number.magnitude)
    guard digits.utf8.count > 3 else { return number < 0 ? "-" + digits : digits }
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `2:31`, `1:02:31`.
  static func clock(seconds: Int) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(padded(minutes, 2))" : "\(minutes)") + ":\(padded(seconds % 60, 2))"
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(self.number(number)) \(number == 1 ? one : many)"
  }

  /// An identifier in groups of eight, which are easier to compare by eye.
  static func grouped(id: String) -> String {
    stride(from: 0, to: id.count, by: 8).map { id.dropFirst($0).prefix(8) }.joined(separator: " ")
  }

  /// The ends of an identifier, for narrow columns.
  static func short(id: String) -> String {
    id.count <= 12 ? id : "\(id.prefix(4))…\(id.suffix(4))"
  }

  /// `2023-04-11`, in UTC.
  static func day(_ date: Date) -> String {
    let (year, month, day) = civilDay(Int((date.timeIntervalSince1970 / 86_400).rounded(.down)))
    guard 0...9999 ~= year else { return "\(year)-\(padded(month, 2))-\(padded(day, 2))" }
    // Written digit by digit for speed: each frame formats every date on screen.
    let places = [
      year / 1000, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10, month % 10, -1, day / 10, day % 10,
    ]
    return String(unsafeUninitializedCapacity: places.count) { text in
      for (index, digit) in places.enumerated() {
        text.initializeElement(at: index, to: digit < 0 ? UInt8(ascii: "-") : UInt8(ascii: "0") + UInt8(digit))
      }
      return places.count
    }
  }

  /// `2023-04-11 14:07 UTC`.
  static func minute(_ date: Date) -> String { "\(day(date)) \(time(date))" }

  /// `14:07 UTC`.
  static func time(_ date: Date) -> String {
    let minutes = Int((date.timeIntervalSince1970 / 60).rounded(.down))
    let minuteOfDay = minutes - Int((Double(minutes) / 1440).rounded(.down)) * 1440
    return "\(padded(minuteOfDay / 60, 2)):\(padded(minuteOfDay % 60, 2)) UTC"
  }

  /// `14:07:31 UTC`.
  static func second(_ date: Date) -> String {
    let second = Int(date.timeIntervalSince1970.rounded(.down)) % 60
    return "\(time(date).dropLast(4)):\(padded(second < 0 ? second + 60 : second, 2)) UTC"
  }

  /// The Gregorian date of a day counted from 1 January 1970.
  ///
  /// Foundation's formatter takes as long for the dates of a screen as all other drawing takes together. Years begin in
  /// March here, so that the leap day is the last day of its year and every month has a fixed place.
  private static func civilDay(_ day: Int) -> (year: Int, month: Int, day: Int) {
    // 719,468 days lie between 1 March of the year 0 and the epoch. A cycle of 400 years has 146,097 days.
    let shifted = day + 719_468
    let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfCycle = shifted - cycle * 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.utf8.count < width ? String(repeating: "0", count: width - digits.utf8.count) + digits : digits
  }

  /// An amount of money: `200`, `4.50`.
  static func amount(_ amount: Double) -> String {
    // The cents of larger amounts mean nothing.
    guard amount.magnitude < 1e12 else { return "\(amount)" }
    let cents = Int((amount.magnitude * 100).rounded())
    let fraction = cents % 100
    let whole = (amount < 0 && cents > 0 ? "-" : "") + number(cents / 100)
    return fraction == 0 ? whole : whole + (fraction < 10 ? ".0" : ".") + "\(fraction)"
  }

  /// The time since a date, in its largest unit.
  static func age(of date: Date, at now: Date) -> String {
    let seconds = Int(now.timeIntervalSince(date))
    // The clocks of two machines differ, and `now` is a whole minute.
    guard seconds >= -300 else { return "in the future" }
    // A year is the Gregorian mean of 365.2425 days, a month a twelfth of it.
    for (length, one, many) in [
      (31_556_952, "year", "years"), (2_629_746, "month", "months"), (86_400, "day", "days"), (3_600, "hour", "hours"),
      (60, "minute", "minutes"),
    ] where seconds >= length {
      return count(seconds / length, one, many) + " ago"
    }
    return "just now"
  }

  /// An account's name, or a replacement if it cannot be read.
  static func name(of account: Account) -> String {
    account.nameProblem == nil ? account.name : "(name unreadable)"
  }

  /// The account that manages an account.
  static func parent(of account: Account) -> String {
    guard let parent = account.managedBy else { return "none" }
    return parent.name ?? parent.id.map(grouped) ?? "not said"
  }

  static func type(_ type: AccountType?) -> String { type?.rawValue ?? "not said" }

  /// The date of creation and the age of an account.
  static func created(_ account: Account, at now: Date) -> String {
    account.createdOn.map { "\(minute($0)) (\(age(of: $0, at: now)))" } ?? "not said"
  }
}

extension Account {
  /// Whether the account is known to have exactly this name.
  func isNamed(_ name: String) -> Bool { self.name == name && nameProblem == nil }
}

extension Account.NameProblem {
  /// The problem in words.
  var words: String {
    switch self {
    case .missing: "the server gives it no name"
    case .null: "its name is null"
    case .noText: "its name is no text"
    case .noUnicode: "its name holds half a character"
    }
  }
}
