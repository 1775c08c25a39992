import FoundationEssentials

/// A moment, in microseconds since 1970 in UTC: what the API's dates carry.
struct Timestamp: Hashable, Comparable, Sendable {
  var microseconds: Int64

  init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// Midnight of a day, by the proleptic Gregorian calendar.
  init(year: Int64, month: Int64, day: Int64) {
    // Counts years from March, so that the day that leap years add comes last.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    microseconds = days * Self.day
  }

  static var now: Timestamp {
    Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
  }

  static func < (earlier: Timestamp, later: Timestamp) -> Bool {
    earlier.microseconds < later.microseconds
  }

  /// Later by that much, to the microsecond.
  func advanced(by duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    return Timestamp(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  /// Years of four digits, with room for what comes after.
  static let usable = Timestamp(microseconds: 0)..<Timestamp(year: 9000, month: 1, day: 1)

  static let day: Int64 = 86_400_000_000

  private var calendar: (year: Int64, month: Int64, day: Int64, weekday: Int64, second: Int64) {
    let days = microseconds.floorDivided(by: Self.day)
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, weekday: (days + 4) % 7,
      second: (microseconds - days * Self.day) / 1_000_000
    )
  }

  /// Appends the moment as RFC 3339 with six fraction digits, as live answers have it: `2024-03-05T08:01:02.000345Z`.
  func append(to bytes: inout [UInt8]) {
    let parts = calendar
    let fraction = microseconds - microseconds.floorDivided(by: 1_000_000) * 1_000_000
    let text = (
      Word(pair: parts.year / 100) | Word(pair: parts.year % 100, at: 2) | Word("-", at: 4)
        | Word(pair: parts.month, at: 5) | Word("-", at: 7),
      Word(pair: parts.day) | Word("T", at: 2) | Word(pair: parts.second / 3_600, at: 3) | Word(":", at: 5)
        | Word(pair: parts.second / 60 % 60, at: 6),
      Word(":") | Word(pair: parts.second % 60, at: 1) | Word(".", at: 3) | Word(pair: fraction / 10_000, at: 4)
        | Word(pair: fraction / 100 % 100, at: 6),
      Word(pair: fraction % 100) | Word("Z", at: 2)
    )
    withUnsafeBytes(of: text) { bytes.append(contentsOf: $0.prefix(27)) }
  }

  var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The form of HTTP's `Date` header: `Tue, 24 Nov 2026 20:29:35 GMT`.
  var httpDate: String {
    let parts = calendar
    let twoDigits = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
    let time = [parts.second / 3_600, parts.second / 60 % 60, parts.second % 60].map(twoDigits)
    return "\(Self.weekdays[Int(parts.weekday)]), \(twoDigits(parts.day)) \(Self.months[Int(parts.month) - 1]) "
      + "\(parts.year) \(time.joined(separator: ":")) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// Eight characters, as they lie in memory: a date is put together from four of these.
private typealias Word = UInt64

extension Word {
  /// One character, the others empty.
  fileprivate init(_ character: Unicode.Scalar, at place: UInt64 = 0) {
    self = (UInt64(character.value) << (place * 8)).littleEndian
  }

  /// A number below a hundred, in two digits.
  fileprivate init(pair number: Int64, at place: UInt64 = 0) {
    let digits = UInt64(number / 10) | UInt64(number % 10) << 8
    self = ((digits + 0x3030) << (place * 8)).littleEndian
  }
}
