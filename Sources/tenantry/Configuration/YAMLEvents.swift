import CYAML

/// Reads YAML as a stream of events, by libyaml. Nothing is ever expanded: an alias is an event like others.
final class YAMLEvents {
  struct Event {
    enum Kind: Equatable {
      case documentStart, documentEnd, end
      /// `isPlain` without quotation marks.
      case scalar(String, isPlain: Bool)
      case sequenceStart, sequenceEnd
      case mappingStart, mappingEnd
      case alias
    }

    var kind: Kind
    /// From 1.
    var line: Int
    var hasAnchor = false
    var hasTag = false
  }

  /// What is no YAML, and where.
  struct SyntaxError: Error {
    var reason: String
    /// From 1.
    var line: Int
  }

  private let bytes: [UInt8]
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// libyaml reads from it for as long as it lives.
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: [UInt8]) throws(SyntaxError) {
    self.bytes = bytes
    input = .allocate(capacity: max(1, bytes.count))
    _ = input.initialize(from: bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw SyntaxError(reason: "there is no memory to read it", line: 1)
    }
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; after ``Event/Kind/end`` there is none to ask for.
  func next() throws(SyntaxError) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
      defer { yaml_event_delete(&event) }
      if let read = Self.read(event) { return read }
    }
  }

  /// - Returns: `nil` for an event that tells nothing.
  private static func read(_ event: yaml_event_t) -> Event? {
    let line = event.start_mark.line + 1
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, line: line)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, line: line)
    case YAML_STREAM_END_EVENT: return Event(kind: .end, line: line)
    case YAML_ALIAS_EVENT: return Event(kind: .alias, line: line)
    case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, line: line)
    case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, line: line)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return Event(
        kind: .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), line: line,
        hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return Event(kind: .sequenceStart, line: line, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return Event(kind: .mappingStart, line: line, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    default: return nil
    }
  }

  private var syntaxError: SyntaxError {
    let state = parser.pointee
    // libyaml's reasons are its own words, and repeat nothing of the text.
    let reason = state.problem.map { String(cString: $0) } ?? "it cannot be read"
    if state.error == YAML_READER_ERROR {
      let line = bytes.prefix(state.problem_offset).count { $0 == UInt8(ascii: "\n") } + 1
      return SyntaxError(reason: reason, line: line)
    }
    let line = state.problem_mark.line + 1
    return SyntaxError(reason: isIndentedByTab(line) ? "a tab cannot indent a line; use blanks" : reason, line: line)
  }

  private func isIndentedByTab(_ line: Int) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return false }
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    return lines[line - 1].prefix { blanks.contains($0) }.contains(UInt8(ascii: "\t"))
  }
}
