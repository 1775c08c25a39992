/// One line of a data file: eight hexadecimal digits of a CRC-32, a blank, and JSON.
///
/// The checksum goes on from that of the line before, so that a line that was changed, lost or moved shows.
enum DataLine {
  /// The line, with its line break, and the checksum that the next one goes on from.
  static func write(_ json: JSON, after previous: UInt32) -> (line: [UInt8], checksum: UInt32) {
    var text = JSONText()
    text.value(json)
    let checksum = CRC32.checksum(text.bytes, from: previous)
    return (Array(hexadecimal(checksum).utf8) + [UInt8(ascii: " ")] + text.bytes + [UInt8(ascii: "\n")], checksum)
  }

  /// Reads a line, given without its line break; `nil` when it is not as it was written.
  static func read(_ line: ArraySlice<UInt8>, after previous: UInt32) -> (json: JSON, checksum: UInt32)? {
    guard line.count > 9, line[line.startIndex + 8] == UInt8(ascii: " ") else { return nil }
    let text = line.dropFirst(9)
    let checksum = CRC32.checksum(text, from: previous)
    guard line.prefix(8).elementsEqual(hexadecimal(checksum).utf8) else { return nil }
    guard let json = try? JSON(parsing: Array(text)) else { return nil }
    return (json, checksum)
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
