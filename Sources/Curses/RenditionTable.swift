import CNcurses
import Terminal

/// What ncurses wants to know of a style: attributes and the number of a colour pair.
struct Rendition {
  var attributes: attr_t
  var pair: Int32
}

/// The renditions of the styles in use. Pairs are made when a style first needs them, and kept.
@MainActor
struct RenditionTable {
  private let colors: Int
  /// Whether the terminal can be asked for its own default colours.
  private let hasDefaultColors: Bool
  private let pairLimit: Int32
  /// Whether ncurses takes numbers from 8 on for red, green and blue in one, as where terminfo tells of true colours.
  private let isDirect: Bool
  private let scheme: ColorScheme
  // A screen has some ten styles, which are found as fast in an array. The first dictionary with keys of a type of its
  // own would take the start a tenth of its time: the runtime looks through all conformances of the program for it.
  private var pairs: [Pair] = []
  private var renditions: [Entry] = []

  private struct Pair {
    var colors: Style
    var number: Int32
  }

  private struct Entry {
    var style: Style
    var rendition: Rendition
  }

  /// - Parameter colors: 0, 8, 16 or 256; ncurses' colours have been started unless it is 0.
  init(colors: Int, scheme: ColorScheme) {
    self.colors = colors
    self.scheme = colors > 0 ? scheme : .mono
    isDirect = colors > 0 && cn_color_count() > 256
    hasDefaultColors = colors > 0 && use_default_colors() == OK
    pairLimit = colors > 0 ? Int32(cn_pair_count()) : 0
  }

  /// Whether blanks without a style look like what a cleared screen shows.
  var leavesBlanks: Bool { scheme != .highContrast }

  mutating func rendition(of style: Style) -> Rendition {
    if style == .plain, scheme != .highContrast { return Rendition(attributes: 0, pair: 0) }
    for known in renditions where known.style == style { return known.rendition }
    let reduced = scheme.style(for: style).reduced(toColors: colors)
    let rendition = Rendition(attributes: reduced.attributes.forCurses, pair: pair(of: reduced))
    renditions.append(Entry(style: style, rendition: rendition))
    return rendition
  }

  /// The pair of a style's colours, or 0, the terminal's own colours, where there are no more pairs to have.
  private mutating func pair(of style: Style) -> Int32 {
    guard style.foreground != nil || style.background != nil else { return 0 }
    let colors = Style(foreground: style.foreground, background: style.background)
    for known in pairs where known.colors == colors { return known.number }
    let number = Int32(pairs.count + 1)
    let foreground = style.foreground.map { $0.number(isDirect: isDirect) } ?? (hasDefaultColors ? -1 : 7)
    let background = style.background.map { $0.number(isDirect: isDirect) } ?? (hasDefaultColors ? -1 : 0)
    guard number < pairLimit, init_extended_pair(number, foreground, background) == OK else { return 0 }
    pairs.append(Pair(colors: colors, number: number))
    return number
  }
}

extension Style.Attributes {
  fileprivate var forCurses: attr_t {
    var attributes: attr_t = 0
    if contains(.bold) { attributes |= cn_bold }
    if contains(.dim) { attributes |= cn_dim }
    if contains(.underline) { attributes |= cn_underline }
    if contains(.reverse) { attributes |= cn_reverse }
    if contains(.italic) { attributes |= cn_italic }
    return attributes
  }
}
