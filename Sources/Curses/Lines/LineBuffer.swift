import Terminal

/// Bytes as they come, and the lines in them.
struct LineBuffer {
  private var lines: [LineInput] = []
  /// The beginning of a line whose end has not come; of a line that is too long, only enough to tell that it is.
  private var rest: [UInt8] = []
  /// Whether the line whose end has not come was dropped: its end belongs to it.
  private var dropsRest = false
  private var hasEnded = false

  /// Whether more should be read: not while this many lines wait to be taken.
  var wantsMore: Bool { !hasEnded && lines.count < Self.mostLines }

  private static let mostLines = 1_000

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes[...]
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      take(bytes[..<end])
      finishLine()
      bytes = bytes[(end + 1)...]
    }
    take(bytes)
  }

  /// Nothing more will come. A line without an end is one all the same.
  mutating func end() {
    if !rest.isEmpty { finishLine() }
    hasEnded = true
  }

  /// - Returns: the oldest line, and when there is none left and there will be none, that.
  mutating func next() -> LineInput? {
    if !lines.isEmpty { return lines.removeFirst() }
    return hasEnded ? .end : nil
  }

  /// - Returns: how many lines were dropped, one that is not whole yet among them.
  mutating func discard() -> Int {
    // Of a line that comes in many pieces, the first one counts.
    let count = lines.count + (rest.isEmpty || dropsRest ? 0 : 1)
    lines = []
    if !rest.isEmpty { dropsRest = true }
    rest = []
    return count
  }

  private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
    rest.append(contentsOf: bytes.prefix(max(0, LineInput.longestLine + 2 - rest.count)))
  }

  private mutating func finishLine() {
    defer { rest = [] }
    guard !dropsRest else {
      dropsRest = false
      return
    }
    // Lines of a file from elsewhere end with two bytes.
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    lines.append(LineInput(line: rest))
  }
}
