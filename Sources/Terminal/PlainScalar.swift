/// Scalars of which each is a whole grapheme wherever it stands among others of them, and none of which hides or acts.
///
/// Most names and nearly all of the program's own words consist of these only, and need no search for the borders of
/// graphemes. What is left out here is merely drawn more slowly.
enum PlainScalar {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    // Latin without the soft hyphen; Greek and Cyrillic up to the combining marks of either.
    case 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x52F: true
    // Dashes, quotation marks and the ellipsis; arrows; the return symbol; lines of boxes; the check mark.
    case 0x2010...0x2027, 0x2190...0x21FF, 0x23CE, 0x2500...0x257F, 0x2713: true
    // Kana, without their combining marks; Chinese characters; whole syllables of Hangul.
    case 0x3041...0x3096, 0x30A1...0x30FE, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
