/// Dates of HTTP headers (RFC 9110, section 5.6.7), as whole seconds since 1970.
enum HTTPDate {
  /// Reads the preferred form (`Sun, 06 Nov 1994 08:49:37 GMT`) and both old ones
  /// (`Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`); `nil` for anything else.
  static func parse(_ text: some StringProtocol) -> Int64? {
    let fields = String(text).split { $0 == " " }.map(String.init)
    switch fields.count {
    case 6 where fields[0].last == "," && fields[5] == "GMT":
      return seconds(day: fields[1], month: fields[2], year: fields[3], time: fields[4])
    case 4 where fields[0].last == "," && fields[3] == "GMT":
      let date = fields[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      return date.count == 3 ? seconds(day: date[0], month: date[1], year: date[2], time: fields[2]) : nil
    case 5:
      return seconds(day: fields[2], month: fields[1], year: fields[4], time: fields[3])
    default:
      return nil
    }
  }

  private static func seconds(day: String, month: String, year: String, time: String) -> Int64? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { number($0, within: 0...60) }
    guard let day = number(day, within: 1...31), let month = months.firstIndex(of: month),
      var year = number(year, within: 0...9999), clock.count == 3, let hour = clock[0], let minute = clock[1],
      let second = clock[2], hour < 24, minute < 60
    else { return nil }
    // Two digits are read as the century that all such servers mean: none of them answers from before 1970.
    if year < 70 { year += 2000 } else if year < 100 { year += 1900 }
    return CivilTime.days(year: year, month: month + 1, day: day) * 86_400 + hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: some StringProtocol, within bounds: ClosedRange<Int64>) -> Int64? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int64(text),
      bounds.contains(value)
    else { return nil }
    return value
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// The Gregorian calendar without a time zone.
enum CivilTime {
  /// Days from 1970-01-01, with a year that starts in March so that the leap day comes last.
  static func days(year: Int64, month: Int, day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = Int64((month + 9) % 12)
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
