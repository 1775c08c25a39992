/// A value of a YAML document, with the line on which it begins.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    /// `isPlain` without quotation marks, where `true`, `7` and `null` are more than text.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
    /// What has been told as a problem already.
    case unusable
  }

  var content: Content
  /// From 1.
  var line: Int

  /// Whether nothing was written, or that there is nothing.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text.isEmpty || text == "~" || text.lowercased() == "null"
  }
}

/// A key of a mapping with its value.
struct YAMLEntry: Sendable {
  var key: String
  /// Of the key, from 1.
  var line: Int
  var value: YAMLNode
}

extension YAMLNode {
  /// Far more than a configuration needs, and little enough that nothing can be made to take long.
  private static let depthLimit = 8
  private static let nodeLimit = 10_000

  /// Reads the one document of a text.
  ///
  /// Anchors, aliases and tags are refused: a configuration needs none, and aliases of aliases grow without end.
  ///
  /// - Parameter problems: gets what is wrong; what follows a mistake of syntax is not read any more.
  /// - Returns: `nil` when there is no document.
  static func document(in bytes: [UInt8], problems: inout [ConfigurationProblem]) -> YAMLNode? {
    do {
      var composer = Composer(events: try YAMLEvents(bytes), problems: problems)
      defer { problems = composer.problems }
      return try composer.document()
    } catch let error as YAMLEvents.SyntaxError {
      problems.append(ConfigurationProblem(line: error.line, text: "this is not YAML: \(error.reason)"))
      return nil
    } catch {
      return nil
    }
  }

  /// Reading has been given up, and why is among the problems.
  private struct GivenUp: Error {}

  private struct Composer {
    let events: YAMLEvents
    var problems: [ConfigurationProblem]
    private var count = 0

    init(events: YAMLEvents, problems: [ConfigurationProblem]) {
      self.events = events
      self.problems = problems
    }

    mutating func document() throws -> YAMLNode? {
      guard try events.next().kind == .documentStart else { return nil }
      let root = try node(at: try events.next(), depth: 0)
      _ = try events.next()
      let rest = try events.next()
      if rest.kind != .end { add("a second document begins here; only one is read", at: rest.line) }
      return root
    }

    private mutating func node(at event: YAMLEvents.Event, depth: Int) throws -> YAMLNode {
      count += 1
      guard count <= nodeLimit else { try giveUp("there are too many values", at: event.line) }
      guard depth < depthLimit else { try giveUp("this is nested too deeply", at: event.line) }
      if event.hasAnchor || event.kind == .alias {
        add("anchors and aliases (& and *) are not understood; write the value out", at: event.line)
      }
      if event.hasTag { add("tags (!) are not understood; leave it out", at: event.line) }
      let content: Content =
        switch event.kind {
        case .scalar(let text, let isPlain): .scalar(text, isPlain: isPlain)
        case .sequenceStart: .sequence(try sequence(depth: depth + 1))
        case .mappingStart: .mapping(try mapping(depth: depth + 1))
        default: .unusable
        }
      return YAMLNode(content: event.hasTag ? .unusable : content, line: event.line)
    }

    private mutating func sequence(depth: Int) throws -> [YAMLNode] {
      var nodes: [YAMLNode] = []
      while true {
        let event = try events.next()
        if event.kind == .sequenceEnd { return nodes }
        nodes.append(try node(at: event, depth: depth))
      }
    }

    private mutating func mapping(depth: Int) throws -> [YAMLEntry] {
      var entries: [YAMLEntry] = []
      var lines: [String: Int] = [:]
      while true {
        let event = try events.next()
        if event.kind == .mappingEnd { return entries }
        let key = try node(at: event, depth: depth)
        let value = try node(at: try events.next(), depth: depth)
        guard case .scalar(let name, _) = key.content else {
          if case .unusable = key.content { continue }
          add("a name must be a plain word", at: key.line)
          continue
        }
        // Within braces a name goes on to the next blank, with the value in it, which may be a secret.
        if let mark = name.firstIndex(where: { $0 == ":" || $0 == "=" }) {
          let word = VisibleText.quoted(String(name[..<mark]))
          add("a colon and a blank have to stand between \(word) and its value, as in name: value", at: key.line)
          continue
        }
        if let earlier = lines[name] {
          add("\(VisibleText.quoted(name)) is given twice, first on line \(earlier)", at: key.line)
          continue
        }
        lines[name] = key.line
        entries.append(YAMLEntry(key: name, line: key.line, value: value))
      }
    }

    private mutating func add(_ text: String, at line: Int) {
      problems.append(ConfigurationProblem(line: line, text: text))
    }

    private mutating func giveUp(_ text: String, at line: Int) throws -> Never {
      add(text, at: line)
      throw GivenUp()
    }
  }
}
