import Terminal
import Testing

@Suite("Colour schemes")
struct ColorSchemeTests {
  /// Relative luminance by WCAG 2.2, of a colour of the 6 × 6 × 6 cube.
  private func luminance(_ color: PaletteColor) -> Double {
    let place = Int(color.index) - 16
    func light(_ level: Int) -> Double {
      let value = Double(level == 0 ? 0 : 55 + 40 * level) / 255
      if value <= 0.04045 { return value / 12.92 }
      // x^2.4 by Newton's method: x^12 = y^5.
      let target = (value + 0.055) / 1.055
      let power =
        target * target * target * target * target * target * target * target * target * target * target * target
      var root = target
      for _ in 0..<60 { root -= (root * root * root * root * root - power) / (5 * root * root * root * root) }
      return root
    }
    return 0.2126 * light(place / 36) + 0.7152 * light(place / 6 % 6) + 0.0722 * light(place % 6)
  }

  @Test("high contrast has 7 to 1 at least, for text of every colour, and dims nothing")
  func contrast() throws {
    let styles =
      [Style.plain, Style(.dim)] + (0...255).map { Style([.bold, .dim], foreground: PaletteColor(index: $0)) }
    for style in styles {
      let shown = ColorScheme.highContrast.style(for: style)
      let text = luminance(try #require(shown.foreground))
      let ground = luminance(try #require(shown.background))
      #expect((max(text, ground) + 0.05) / (min(text, ground) + 0.05) >= 7, "\(shown)")
      #expect(!shown.attributes.contains(.dim))
    }
  }

  @Test("the colours that mean different things stay different in high contrast")
  func distinct() {
    let colors = [PaletteColor.red, .green, .yellow, .blue, .magenta, .cyan]
    let shown = colors.map { ColorScheme.highContrast.style(for: Style(foreground: $0)) } + [.plain]
    #expect(Set(shown).count == 7)
  }

  @Test("mono keeps attributes only, and turns a ground into reverse video")
  func mono() {
    let style = ColorScheme.mono.style(for: Style([.bold, .underline], foreground: .red))
    #expect(style == Style([.bold, .underline]))
    #expect(ColorScheme.mono.style(for: Style(background: .blue)) == Style(.reverse))
    #expect(ColorScheme.mono.style(for: .plain) == .plain)
  }

  @Test("the usual scheme leaves everything to the terminal's palette")
  func standard() {
    let style = Style(.dim, foreground: .cyan, background: PaletteColor(index: 200))
    #expect(ColorScheme.standard.style(for: style) == style)
  }
}
