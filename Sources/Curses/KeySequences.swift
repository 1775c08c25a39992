import CNcurses

/// The bytes that a terminal sends for its keys, as terminfo lists them.
struct KeySequences {
  enum Match: Equatable {
    /// No key begins with these bytes.
    case none
    /// A key begins with these bytes, and its rest is not there.
    case beginning
    /// ncurses' code of a key, and how many bytes it takes.
    case key(code: Int32, length: Int)
  }

  /// A byte of a key, with what may come behind it and in its place: places in the array, 0 for none.
  private struct Node {
    var byte: UInt8
    var code: Int32?
    var child = 0
    var sibling = 0
  }

  /// The first one stands before all keys.
  private var nodes = [Node(byte: 0)]

  init(_ keys: [(bytes: [UInt8], code: Int32)]) {
    for key in keys where !key.bytes.isEmpty {
      var node = 0
      for byte in key.bytes { node = child(of: node, byte: byte) ?? addChild(to: node, byte: byte) }
      // Of several keys with the same bytes, the one that terminfo lists first.
      nodes[node].code = nodes[node].code ?? key.code
    }
  }

  /// The keys of the terminal that ncurses has open.
  static var ofTerminal: KeySequences {
    let keys = [cn_key](unsafeUninitializedCapacity: 256) { buffer, count in
      count = min(buffer.count, cn_list_keys(buffer.baseAddress, buffer.count))
    }
    return KeySequences(keys.map { (bytes: Array(String(cString: $0.bytes).utf8), code: $0.code) })
  }

  /// What the first of some bytes are: the longest key that they begin with, unless a longer one may be on its way.
  func match(_ bytes: ArraySlice<UInt8>) -> Match {
    var node = 0
    var found = Match.none
    for (index, byte) in bytes.enumerated() {
      guard let next = child(of: node, byte: byte) else { return found }
      node = next
      if let code = nodes[node].code { found = .key(code: code, length: index + 1) }
    }
    return nodes[node].child == 0 ? found : .beginning
  }

  private func child(of node: Int, byte: UInt8) -> Int? {
    var child = nodes[node].child
    while child != 0, nodes[child].byte != byte { child = nodes[child].sibling }
    return child == 0 ? nil : child
  }

  private mutating func addChild(to node: Int, byte: UInt8) -> Int {
    nodes.append(Node(byte: byte, sibling: nodes[node].child))
    nodes[node].child = nodes.count - 1
    return nodes.count - 1
  }
}
