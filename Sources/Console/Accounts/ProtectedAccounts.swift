import Cloudflare

/// The accounts that a profile protects from deletion.
public struct ProtectedAccounts: Sendable, Equatable {
  /// Patterns for whole names or IDs: `*` stands for any characters and `?` for one. Case is ignored, because a pattern
  /// that protects too much is easily corrected, and one that protects too little is not.
  let patterns: [String]

  public init(patterns: [String]) {
    self.patterns = patterns
  }

  /// The first pattern that matches the account's name or ID; `nil` if none does.
  func pattern(matching account: Account) -> String? {
    let texts = [account.name, account.id].map { Array($0.lowercased()) }
    return patterns.first { pattern in
      let pattern = Array(pattern.lowercased())
      return texts.contains { matches(pattern[...], $0[...]) }
    }
  }

  /// Backtracks only to the last star, so the time is bounded by the product of both lengths.
  private func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    var place = pattern.startIndex
    var position = text.startIndex
    var retry: (place: Int, position: Int)?
    while position < text.endIndex {
      if place < pattern.endIndex, pattern[place] == "*" {
        retry = (place + 1, position)
        place += 1
      } else if place < pattern.endIndex, pattern[place] == "?" || pattern[place] == text[position] {
        place += 1
        position += 1
      } else if let (afterStar, from) = retry {
        retry = (afterStar, from + 1)
        (place, position) = (afterStar, from + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
