import Terminal

extension State {
  mutating func openPalette() -> [Effect] {
    palette = PaletteState(context: inputContext)
    return []
  }

  mutating func editPalette(_ edit: TextEdit) {
    palette?.field.apply(edit)
    if edit.changesText { palette?.cursor = 0 }
  }

  /// - Returns: the command that was chosen; `nil` when none was.
  mutating func reducePalette(_ command: Command) -> Command? {
    guard var palette else { return nil }
    let entries = paletteEntries(of: palette)
    let rows = paletteArea(entries.count).height - 4
    let target: Int
    switch command {
    case .cancel:
      self.palette = nil
      return nil
    case .accept:
      guard entries.indices.contains(palette.cursor) else { return nil }
      self.palette = nil
      return inputContext == palette.context ? entries[palette.cursor].command : nil
    case .moveUp: target = palette.cursor - 1
    case .moveDown: target = palette.cursor + 1
    case .pageUp: target = palette.cursor - rows
    case .pageDown: target = palette.cursor + rows
    default: return nil
    }
    palette.cursor = max(0, min(target, entries.count - 1))
    self.palette = palette
    return nil
  }
}
