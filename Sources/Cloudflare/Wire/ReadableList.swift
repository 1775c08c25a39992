/// A list whose elements are read one by one, so that one that cannot be read never hides the others.
struct ReadableList<Element: Sendable>: Sendable {
  var elements: [Element]
  /// How many more elements there are, which cannot be read.
  var unreadable = 0

  init(_ elements: [Element]) {
    self.elements = elements
  }
}

extension ReadableList: Decodable where Element: Decodable {
  init(from decoder: any Decoder) throws {
    self.init([])
    var container = try decoder.unkeyedContainer()
    while !container.isAtEnd {
      if let element = try? container.decode(Element.self) {
        elements.append(element)
      } else {
        _ = try container.decode(Skipped.self)
        unreadable += 1
      }
    }
  }
}

/// Takes the place of a value that nobody looks at.
private struct Skipped: Decodable {
  init(from decoder: any Decoder) {}
}

extension ReadableList: Equatable where Element: Equatable {}
