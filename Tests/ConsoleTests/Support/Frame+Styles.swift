import Terminal

extension Frame {
  /// The text of each row, and under it the columns that do not look as the most do, with how they look.
  func text(in scheme: ColorScheme) -> String {
    let plain = scheme.style(for: .plain)
    return (0..<size.height).map { row in
      let styles = (0..<size.width).map { scheme.style(for: cells[row * size.width + $0].style) }
      var runs: [String] = []
      var start = 0
      while start < size.width {
        let end = styles[start...].firstIndex { $0 != styles[start] } ?? size.width
        if styles[start] != plain { runs.append("\(start)–\(end - 1) \(styles[start].words)") }
        start = end
      }
      return text(row: row) + (runs.isEmpty ? "" : "\n    ~ " + runs.joined(separator: ", "))
    }.joined(separator: "\n")
  }
}

extension Style {
  /// The style as people say it: `bold red`, `underline 231 on 16`.
  fileprivate var words: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"), (.italic, "italic"),
    ]
    var words = names.filter { attributes.contains($0.0) }.map(\.1)
    if let foreground { words.append(foreground.word) }
    if let background { words.append("on \(background.word)") }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}

extension PaletteColor {
  fileprivate var word: String {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    return Int(index) < names.count ? names[Int(index)] : "\(index)"
  }
}
