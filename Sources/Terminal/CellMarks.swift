/// Combining marks by the index of the cell that they belong to.
///
/// An array in the order of the cells, because hardly any cell has marks: the first dictionary of a program takes longer
/// to make than a frame, as the runtime then looks through all conformances for that of its keys.
public struct CellMarks: Sendable, Equatable {
  private struct Entry: Sendable, Equatable {
    var cell: Int
    var marks: [Unicode.Scalar]
  }

  private var entries: [Entry] = []

  public var isEmpty: Bool { entries.isEmpty }

  /// The marks of a cell; `nil` where there are none.
  public internal(set) subscript(cell: Int) -> [Unicode.Scalar]? {
    get {
      let place = place(of: cell)
      return place < entries.count && entries[place].cell == cell ? entries[place].marks : nil
    }
    set {
      let place = place(of: cell)
      let isThere = place < entries.count && entries[place].cell == cell
      switch newValue {
      case let marks? where isThere: entries[place].marks = marks
      case let marks?: entries.insert(Entry(cell: cell, marks: marks), at: place)
      case nil: if isThere { entries.remove(at: place) }
      }
    }
  }

  /// The first place whose entry is of this cell or one behind it.
  private func place(of cell: Int) -> Int {
    var places = 0..<entries.count
    while !places.isEmpty {
      let middle = places.lowerBound + places.count / 2
      places = entries[middle].cell < cell ? middle + 1..<places.upperBound : places.lowerBound..<middle
    }
    return places.lowerBound
  }
}
