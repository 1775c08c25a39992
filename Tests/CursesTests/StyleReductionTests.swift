import Terminal
import Testing

@testable import Curses

@Suite("Styles on terminals with fewer colours")
struct StyleReductionTests {
  private func style(_ attributes: Style.Attributes = [], _ foreground: UInt8?, _ background: UInt8?) -> Style {
    Style(attributes, foreground: foreground.map(PaletteColor.init), background: background.map(PaletteColor.init))
  }

  @Test("256 colours stay as they are")
  func all() {
    #expect(style(.bold, 208, 236).reduced(toColors: 256) == style(.bold, 208, 236))
  }

  @Test("Where numbers of colours mean red, green and blue, those of the palette are told so from 8 on")
  func direct() {
    let colors: [UInt8] = [3, 9, 16, 208, 231, 244]
    #expect(colors.map { PaletteColor(index: $0).number(isDirect: false) } == [3, 9, 16, 208, 231, 244])
    #expect(
      colors.map { PaletteColor(index: $0).number(isDirect: true) } == [
        3, 0xFF0000, 0x000000, 0xFF8700, 0xFFFFFF, 0x808080,
      ])
  }

  @Test("Of 16, the nearest is taken")
  func sixteen() {
    #expect(style(196, 21).reduced(toColors: 16) == style(9, 4))
    #expect(style(231, 232).reduced(toColors: 16) == style(15, 0))
    #expect(style(3, 12).reduced(toColors: 16) == style(3, 12))
  }

  @Test("Of 8, bright text is bold, and dark grey is dim text or a reversed ground")
  func eight() {
    #expect(style(9, nil).reduced(toColors: 8) == style(.bold, 1, nil))
    #expect(style(8, nil).reduced(toColors: 8) == style(.dim, nil, nil))
    #expect(style(nil, 8).reduced(toColors: 8) == style(.reverse, nil, nil))
    #expect(style(nil, 12).reduced(toColors: 8) == style(nil, 4))
    #expect(style(2, 5).reduced(toColors: 8) == style(2, 5))
  }

  @Test("Without colours, a ground becomes reverse video")
  func none() {
    #expect(style(.bold, 3, nil).reduced(toColors: 0) == style(.bold, nil, nil))
    #expect(style(3, 4).reduced(toColors: 0) == style(.reverse, nil, nil))
    #expect(style(.underline, nil, nil).reduced(toColors: 0) == style(.underline, nil, nil))
  }

  @Test("Text never gets the colour of its ground", arguments: [0, 8, 16, 256])
  func legibility(colors: Int) {
    for foreground in 0...255 as ClosedRange<UInt8> {
      for background in 0...255 as ClosedRange<UInt8> where foreground != background {
        let reduced = style(foreground, background).reduced(toColors: colors)
        if let text = reduced.foreground, text == reduced.background {
          Issue.record("\(foreground) on \(background) are both \(text.index)")
          return
        }
        let highest = max(reduced.foreground?.index ?? 0, reduced.background?.index ?? 0)
        #expect(Int(highest) < max(colors, 1))
      }
    }
  }

  private func style(_ foreground: UInt8?, _ background: UInt8?) -> Style { style([], foreground, background) }
}
