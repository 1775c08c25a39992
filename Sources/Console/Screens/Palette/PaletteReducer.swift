import Terminal

extension State {
  mutating func openPalette() -> [Effect] {
    palette = PaletteState(context: inputContext)
    return []
  }

  mutating func editPalette(_ edit: TextEdit) {
    palette?.field.apply(edit)
    if edit.changesText { palette?.cursor = ListCursor() }
  }

  /// - Returns: the command that was chosen; `nil` when none was.
  mutating func reducePalette(_ command: Command) -> Command? {
    guard var palette else { return nil }
    let entries = paletteEntries(of: palette)
    switch command {
    case .cancel:
      self.palette = nil
      return nil
    case .accept:
      guard entries.indices.contains(palette.cursor.row) else { return nil }
      self.palette = nil
      return inputContext == palette.context ? entries[palette.cursor.row].command : nil
    default:
      palette.cursor.move(command, rows: paletteArea(entries.count).height - 4, count: entries.count)
      self.palette = palette
      return nil
    }
  }
}
