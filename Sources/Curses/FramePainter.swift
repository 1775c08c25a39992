import CNcurses
import Glibc
import Terminal

/// Makes the screen show a frame, by giving ncurses the rows that differ from the frame before.
@MainActor
final class FramePainter {
  private let batch: OutputBatch
  private let isUnicode: Bool
  /// Whether updates are put between marks that let the terminal show each as a whole (mode 2026).
  private let marksUpdates: Bool
  private var renditions: RenditionTable
  /// What is on the screen; `nil` when that is not known.
  private var shown: Frame?
  private var showsCursor = false
  /// Whether the terminal has been told that a frame is coming.
  private var isUpdateBegun = false

  init(batch: OutputBatch, abilities: TerminalAbilities, scheme: ColorScheme, marksUpdates: Bool) {
    self.batch = batch
    self.marksUpdates = marksUpdates
    isUnicode = abilities.isUnicode
    renditions = RenditionTable(colors: abilities.colors, scheme: scheme)
  }

  /// Draws a frame on a screen of the given size: what does not fit is cut, what is missing is blank.
  func show(_ frame: Frame, size: Size) {
    let frame = isUnicode ? frame : frame.asciiFallback
    let isUnknown = shown == nil
    if isUnknown, frame.size.width == size.width, renditions.leavesBlanks {
      // The screen is cleared for it, so that only what is not blank has to be drawn.
      werase(cn_standard_window())
      shown = Frame(size: frame.size)
    }
    let spans = (0..<size.height).compactMap { row in
      columnsToDraw(row: row, of: frame, width: size.width).map { Span(row: row, columns: $0) }
    }
    if !isUnknown, spans.isEmpty, frame.cursor == shown?.cursor {
      endUpdate()
      return
    }
    update {
      if isUnknown { clearok(cn_physical_window(), true) }
      draw(spans, of: frame, width: size.width)
      placeCursor(frame.cursor, size: size)
      wnoutrefresh(cn_standard_window())
      doupdate()
    }
    shown = frame
  }

  /// Clears the terminal and writes anew what should be on it.
  func repaint() {
    update {
      clearok(cn_physical_window(), true)
      doupdate()
    }
  }

  /// Forgets what is on the screen, because the screen has another size now.
  func forget() {
    shown = nil
  }

  /// A part of a row.
  private struct Span {
    var row: Int
    var columns: Range<Int>
  }

  /// The columns of a row that are not as they are on the screen; `nil` when all are.
  private func columnsToDraw(row: Int, of frame: Frame, width: Int) -> Range<Int>? {
    guard let shown, shown.size == frame.size, frame.size.width == width else { return 0..<width }
    return row < frame.size.height ? frame.differingColumns(shown, row: row) : nil
  }

  /// Tells the terminal that a frame is coming, before it is made: from now on the terminal keeps its picture as it is
  /// until it has all of the frame.
  func beginUpdate() {
    guard marksUpdates, !isUpdateBegun else { return }
    batch.sendAtOnce(Self.updateBeginning)
    isUpdateBegun = true
    // A kernel that does not preempt passes the bytes of a pseudo-terminal on when this processor is given up. Nobody
    // else waiting for it, this returns at once.
    sched_yield()
  }

  /// Lets the terminal go on, if it waits for a frame that does not come.
  func endUpdate() {
    guard isUpdateBegun else { return }
    batch.sendAtOnce(Self.updateEnd)
    isUpdateBegun = false
  }

  private static let updateBeginning = "\u{1B}[?2026h"
  private static let updateEnd = "\u{1B}[?2026l"

  private func update(_ draw: () -> Void) {
    batch.send(
      beginning: marksUpdates && !isUpdateBegun ? Self.updateBeginning : "", end: marksUpdates ? Self.updateEnd : "",
      draw)
    isUpdateBegun = false
  }

  private func draw(_ spans: [Span], of frame: Frame, width: Int) {
    let window = cn_standard_window()
    withUnsafeTemporaryAllocation(of: cchar_t.self, capacity: width) { entries in
      for span in spans {
        let count = fill(entries, with: span, of: frame, width: width)
        wmove(window, Int32(span.row), Int32(span.columns.lowerBound))
        wadd_wchnstr(window, entries.baseAddress, Int32(count))
      }
    }
  }

  /// Writes one entry a grapheme; ncurses gives a wide one its second column.
  private func fill(
    _ entries: UnsafeMutableBufferPointer<cchar_t>, with span: Span, of frame: Frame, width: Int
  ) -> Int {
    let start = span.row * frame.size.width
    let inside = span.row < frame.size.height ? 0..<frame.size.width : 0..<0
    let hasMarks = !frame.marks.isEmpty
    // A wide grapheme that the screen's edge would cut is left out.
    let cut = width < frame.size.width ? width - 1 : -1
    return withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: Glyph.markLimit + 2) { text in
      frame.cells.withUnsafeBufferPointer { cells in
        var count = 0
        var style = Style.plain
        var rendition = renditions.rendition(of: style)
        var plain = cchar_t()
        var hasPlain = false
        for column in span.columns {
          var cell = inside.contains(column) ? cells[start + column] : .blank
          guard !cell.isContinuation else { continue }
          if cell.style != style {
            style = cell.style
            rendition = renditions.rendition(of: style)
            hasPlain = false
          }
          let isASCII = 0x20..<0x7F ~= cell.scalar
          var marks = hasMarks && inside.contains(column) ? frame.marks[start + column] ?? [] : []
          // Printable ASCII needs none of `setcchar`'s care: the entry before it, with another letter.
          if hasPlain, isASCII, marks.isEmpty {
            plain.chars.0 = wchar_t(bitPattern: cell.scalar)
            entries.initializeElement(at: count, to: plain)
            count += 1
            continue
          }
          if column == cut, cells[start + column + 1].isContinuation {
            cell.scalar = 0x20
            marks = []
          }
          text[0] = wchar_t(bitPattern: cell.scalar)
          for (place, mark) in marks.enumerated() { text[place + 1] = wchar_t(bitPattern: mark.value) }
          text[marks.count + 1] = 0
          entries.initializeElement(at: count, to: cchar_t())
          if !cn_set_cell(&entries[count], text.baseAddress, rendition.attributes, rendition.pair) {
            // An empty entry would end the row.
            (text[0], text[1]) = (0x3F, 0)
            cn_set_cell(&entries[count], text.baseAddress, rendition.attributes, rendition.pair)
          }
          if isASCII, marks.isEmpty {
            plain = entries[count]
            hasPlain = true
          }
          count += 1
        }
        return count
      }
    }
  }

  private func placeCursor(_ position: Position?, size: Size) {
    let isVisible = position.map { 0..<size.width ~= $0.column && 0..<size.height ~= $0.row } ?? false
    if let position, isVisible { wmove(cn_standard_window(), Int32(position.row), Int32(position.column)) }
    // Without a cursor to see, ncurses need not spend bytes on moving it back.
    leaveok(cn_standard_window(), !isVisible)
    guard isVisible != showsCursor else { return }
    curs_set(isVisible ? 1 : 0)
    showsCursor = isVisible
  }
}
