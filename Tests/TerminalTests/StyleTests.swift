import Testing

@testable import Terminal

@Suite("Style")
struct StyleTests {
  @Test("A style gives back the colours and attributes that it was made of")
  func roundTrip() {
    let every: Style.Attributes = [.bold, .dim, .underline, .reverse, .italic]
    for attributes in [[], .bold, every] as [Style.Attributes] {
      for foreground in [nil, 0, 7, 255] as [UInt8?] {
        for background in [nil, 0, 8, 255] as [UInt8?] {
          let (text, ground) = (foreground.map(PaletteColor.init), background.map(PaletteColor.init))
          let style = Style(attributes, foreground: text, background: ground)
          #expect(style.attributes == attributes && style.foreground == text && style.background == ground)
          #expect(style.adding(.italic) == Style(attributes.union(.italic), foreground: text, background: ground))
        }
      }
    }
  }

  @Test("Rectangles keep their edges, and never have a negative extent")
  func rectangles() {
    let area = Rectangle(column: 2, row: 1, width: 5, height: 3)
    #expect(area.endColumn == 7 && area.endRow == 4)
    #expect(area.inset(columns: 1, rows: 1) == Rectangle(column: 3, row: 2, width: 3, height: 1))
    #expect(area.inset(columns: 9, rows: 9).width == 0 && area.inset(columns: 9, rows: 9).height == 0)
  }
}
