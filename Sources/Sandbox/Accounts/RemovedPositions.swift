/// The positions that have left the list, kept so that the n-th of those that stay is found in logarithmic time.
struct RemovedPositions: Sendable, Equatable {
  /// Ascending, without repeats.
  private var sorted: [Int] = []

  var count: Int { sorted.count }

  mutating func insert(_ position: Int) {
    let place = sorted.partitionIndex { $0 >= position }
    if place == sorted.count || sorted[place] != position { sorted.insert(position, at: place) }
  }

  func contains(_ position: Int) -> Bool {
    let place = sorted.partitionIndex { $0 >= position }
    return place < sorted.count && sorted[place] == position
  }

  /// The position of the n-th that stays, from 0.
  ///
  /// `sorted[k] - k` of those that stay come before the k-th removed one; so as many removed ones lie before the n-th
  /// that stays as have a value of at most n.
  func remaining(at rank: Int) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] - middle <= rank { low = middle + 1 } else { high = middle }
    }
    return rank + low
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element is in the second part of the collection, which must be partitioned by
  /// `belongsInSecond`.
  func partitionIndex(where belongsInSecond: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
