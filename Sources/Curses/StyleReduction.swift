import Terminal

extension Style {
  /// This style with no more colours than a terminal has: 256, 16, 8 or 0.
  ///
  /// Two things that must be told apart stay apart: text never gets the colour of its ground, and a ground that cannot
  /// be shown becomes reverse video.
  func reduced(toColors colors: Int) -> Style {
    guard foreground != nil || background != nil, colors < 256 else { return self }
    var attributes = attributes
    guard colors >= 8 else { return withoutColors }

    var text = foreground?.nearestOfSixteen
    var ground = background?.nearestOfSixteen
    if colors < 16 {
      // Of the bright half, dark grey has no place among eight colours; the others are the dark half, bold as text.
      if text == .darkGrey {
        text = nil
        attributes.insert(.dim)
      } else if let bright = text, bright.index >= 8 {
        text = PaletteColor(index: bright.index - 8)
        attributes.insert(.bold)
      }
      if ground == .darkGrey {
        ground = nil
        attributes.insert(.reverse)
      } else if let bright = ground, bright.index >= 8 {
        ground = PaletteColor(index: bright.index - 8)
      }
    }
    if let ground, text == ground, foreground != background {
      text = PaletteColor(index: ground.isDark ? 7 : 0)
    }
    return Style(attributes, foreground: text, background: ground)
  }
}

extension PaletteColor {
  fileprivate static let darkGrey = PaletteColor(index: 8)

  /// xterm's own values of the first 16 colours. Users change them, and hardly ever beyond recognition.
  private static let firstSixteen: [(red: Int, green: Int, blue: Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
  ]

  /// Of the 256 colours, 216 form a cube of six levels a side and 24 a ramp of greys.
  private var components: (red: Int, green: Int, blue: Int) {
    let index = Int(index)
    if index < 16 { return Self.firstSixteen[index] }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return (grey, grey, grey)
    }
    func level(_ place: Int) -> Int { place == 0 ? 0 : 55 + 40 * place }
    let place = index - 16
    return (level(place / 36), level(place / 6 % 6), level(place % 6))
  }

  /// The number that ncurses wants. Where it has true colours, the first eight are the palette's still, and all others are
  /// red, green and blue in one.
  func number(isDirect: Bool) -> Int32 {
    guard isDirect, index >= 8 else { return Int32(index) }
    let (red, green, blue) = components
    return Int32(red << 16 | green << 8 | blue)
  }

  /// The colour of the first 16 that is least far away.
  fileprivate var nearestOfSixteen: PaletteColor {
    guard index >= 16 else { return self }
    let mine = components
    func distance(_ other: Int) -> Int {
      let theirs = Self.firstSixteen[other]
      let (red, green, blue) = (mine.red - theirs.red, mine.green - theirs.green, mine.blue - theirs.blue)
      return red * red + green * green + blue * blue
    }
    let nearest = (0..<16).min { distance($0) < distance($1) } ?? 0
    return PaletteColor(index: UInt8(nearest))
  }

  /// By the weights of the eye for the three components (ITU-R BT.601).
  fileprivate var isDark: Bool {
    let (red, green, blue) = components
    return 299 * red + 587 * green + 114 * blue < 128_000
  }
}
