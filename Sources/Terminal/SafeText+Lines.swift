extension SafeText {
  /// The text for a terminal that gets lines and no screen, or for a file: nothing in it acts on either.
  public var text: String {
    var scalars = String.UnicodeScalarView()
    for glyph in glyphs {
      scalars.append(glyph.base)
      scalars.append(contentsOf: glyph.marks)
    }
    return String(scalars)
  }

  /// The same in ASCII, for terminals that show nothing else. Punctuation is what comes closest, and any other scalar is
  /// its number, `<U+00E9>`: unlike in a frame there is room for it, and no two names may look alike.
  public var asciiText: String {
    var text = ""
    for scalar in self.text.unicodeScalars {
      switch scalar {
      case " "..."~": text.unicodeScalars.append(scalar)
      case "\u{2026}": text += "..."
      case "\u{2013}", "\u{2014}", "\u{2212}": text += "-"
      case "\u{00D7}": text += "x"
      case "\u{2713}": text += "+"
      case "\u{2018}", "\u{2019}": text += "'"
      case "\u{201C}", "\u{201D}": text += "\""
      default: text += "<\(scalar.number)>"
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// `U+202E`: the number by which a scalar is known, of four digits or more.
  public var number: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
