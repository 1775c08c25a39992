import Glibc

/// The names of the catalogue in lower case, one after the other: searching a million of them reads some 30 MB, which
/// takes tens of milliseconds.
struct NameIndex: Sendable {
  /// The names, with a line break before and after each, and a zero at the end.
  private var text: [UInt8] = [separator]
  /// Where each name begins.
  private var starts: [UInt32] = []

  init(seed: UInt64, count: Int) {
    let tenant = Tenant(identifiers: IdentifierScheme(seed: seed))
    let names = BusinessNames(seed: seed, folded: true)
    starts.reserveCapacity(count)
    text.reserveCapacity(count * 32)
    for position in 0..<count {
      starts.append(UInt32(text.count))
      if position == 0 {
        text.append(contentsOf: tenant.name.lowercased().utf8)
      } else {
        names.append(at: position, to: &text)
      }
      text.append(Self.separator)
    }
    text.append(0)
  }

  private static let separator = UInt8(ascii: "\n")

  /// The positions of the names that contain that text, or that are that text, in lower case and ascending.
  func positions(matching folded: String, wholly: Bool) -> [Int] {
    let wanted = Array(folded.utf8)
    guard !wanted.isEmpty, !wanted.contains(where: { $0 == 0 || $0 == Self.separator }) else { return [] }
    return wholly
      ? positions(of: [Self.separator] + wanted + [Self.separator], beginning: -1)
      : positions(of: wanted, beginning: 0)
  }

  /// - Parameter beginning: where a hit begins at the earliest, counted from the beginning of the name.
  private func positions(of wanted: [UInt8], beginning: Int) -> [Int] {
    var positions: [Int] = []
    let wanted = wanted.map(CChar.init(bitPattern:)) + [0]
    text.withUnsafeBytes { text in
      guard let base = text.bindMemory(to: CChar.self).baseAddress else { return }
      var offset = 0
      var position = 0
      while let hit = strstr(base + offset, wanted) {
        let place = UInt32(base.distance(to: hit) - beginning)
        position = starts[position...].partitionIndex { $0 > place } - 1
        positions.append(position)
        guard position + 1 < starts.count else { return }
        // One hit a name is enough.
        offset = Int(starts[position + 1]) + beginning
      }
    }
    return positions
  }
}
