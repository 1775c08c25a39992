import FoundationEssentials
import Terminal

extension State {
  /// Brings the sign of a wait up to the moment, and waits for its next change while somebody can see it.
  ///
  /// What is fetched ahead, or in the background, has no sign: nobody waits for it.
  mutating func followPatience(at moment: Moment) -> [Effect] {
    guard let next = patience.follow(awaited, at: moment.date), !patience.isTicking, showsPatience else { return [] }
    patience.isTicking = true
    // A little later than the change, so that it is not missed by a rounding.
    return [.wait(.patience, for: .milliseconds(Int(next * 1_000) + 10), then: .patience)]
  }

  /// The requests that a person waits for.
  private var awaited: [RequestToken] {
    var tokens = browse.loading.filter { !browse.loadingAhead.contains($0.key) }.map(\.value)
    if let token = browse.detailToken { tokens.append(token) }
    if case .asked(let token)? = browse.find?.asking { tokens.append(token) }
    if case .loading(let token)? = raw?.phase { tokens.append(token) }
    if let id = reviewedAccount ?? detailSubject { tokens += inventory[id].awaited }
    switch dialog {
    case .create(let form):
      if case .sending(let token) = form.phase { tokens.append(token) }
    case .edit(let form):
      switch form.phase {
      case .reading(let token), .checking(let token), .sending(let token): tokens.append(token)
      default: break
      }
    case .delete(let deletion):
      switch deletion.phase {
      case .reading(let token), .sending(let token), .verifying(let token): tokens.append(token)
      default: break
      }
    case nil: break
    }
    return tokens + activity.resolving.values
  }

  /// Where a countdown tells how long it takes, nothing else has to.
  private var showsPatience: Bool { !isTooSmall && !showsCountdown }

  /// `waiting 3 s`; `nil` while nobody has waited long enough.
  var patienceText: String? {
    guard showsPatience else { return nil }
    return switch patience.sign {
    case nil: nil
    case .quiet: "waiting …"
    case .seconds(let seconds): "waiting \(Wording.number(seconds)) s"
    }
  }
}
