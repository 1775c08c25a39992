extension Frame {
  /// The same frame in ASCII, for terminals that show nothing else: lines, arrows and punctuation as what comes closest,
  /// a question mark for each column of anything else.
  ///
  /// Letters do not lose their accents instead: a name that looks like another one is worse than one with gaps.
  public var asciiFallback: Frame {
    var frame = self
    frame.replaceCells { cells, marks in
      marks = CellMarks()
      for index in cells.indices where !(0x20..<0x7F ~= cells[index].scalar) {
        cells[index].scalar = Self.ascii(for: cells[index].scalar)
      }
    }
    return frame
  }

  private static func ascii(for scalar: UInt32) -> UInt32 {
    let replacement: Unicode.Scalar =
      switch scalar {
      case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2574, 0x2576, 0x2578, 0x257A: "-"
      case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551, 0x2575, 0x2577, 0x2579, 0x257B: "|"
      case 0x2550: "="
      case 0x250C...0x254B, 0x2552...0x2570: "+"
      // Full and partial blocks: progress bars and cursors.
      case 0x2588...0x258B, 0x2593: "#"
      case 0x258C...0x258F: "|"
      case 0x2591, 0x2592: ":"
      case 0x2190: "<"
      case 0x2191: "^"
      case 0x2192: ">"
      case 0x2193: "v"
      case 0x25B6, 0x25B8, 0x25BA, 0x203A: ">"
      case 0x25C0, 0x25C2, 0x25C4, 0x2039: "<"
      case 0x25B2, 0x25B4: "^"
      case 0x25BC, 0x25BE: "v"
      case 0x2010...0x2015, 0x2212: "-"
      case 0x2018, 0x2019: "'"
      case 0x201C, 0x201D: "\""
      case 0x2022, 0x25CF, 0x2605: "*"
      case 0x00B7, 0x2026: "."
      case 0x00D7, 0x2715, 0x2717: "x"
      case 0x2713, 0x2714: "+"
      case 0x00A0: " "
      default: "?"
      }
    return replacement.value
  }
}
