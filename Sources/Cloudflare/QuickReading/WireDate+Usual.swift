import FoundationEssentials

extension WireDate {
  /// Reads `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction, of this and the last century; `nil` for anything else,
  /// which may still be a date.
  static func parseUsual(_ text: UnsafeRawBufferPointer) -> Date? {
    // Before 1583 the calendar is another, and a 60th second is a matter of taste.
    guard text.count >= 20, text.last == UInt8(ascii: "Z"),
      text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
      text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      let year = number(text, 0..<4), 1900..<2100 ~= year, let month = number(text, 5..<7), 1...12 ~= month,
      let day = number(text, 8..<10), 1...days(in: month, of: year) ~= day,
      let hour = number(text, 11..<13), hour < 24, let minute = number(text, 14..<16), minute < 60,
      let second = number(text, 17..<19), second < 60
    else { return nil }
    if text.count > 20 {
      guard text[19] == UInt8(ascii: "."), text[20..<text.count - 1].allSatisfy({ digits ~= $0 }) else { return nil }
    }
    let seconds = (daysSince1970(year, month, day) * 24 + hour) * 3600 + minute * 60 + second
    return Date(timeIntervalSince1970: Double(seconds))
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private static func number(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard digits ~= text[index] else { return nil }
      value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
    }
    return value
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // Years begin in March here, so that the leap day is the last one of its year.
    let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let leapDays = year / 4 - year / 100 + year / 400
    // 719,468 days lie between the 1st of March of the year 0 and the 1st of January 1970.
    return year * 365 + leapDays + (153 * month + 2) / 5 + day - 1 - 719_468
  }
}
