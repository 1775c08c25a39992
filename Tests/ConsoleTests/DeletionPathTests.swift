import Cloudflare
import Terminal
import Testing

@testable import Console

@Suite("No path to a deletion but the one")
struct DeletionPathTests {
  /// Random keys, answers, pastes and resizes: whenever a deletion is sent, the account was read again and found the
  /// same, the challenge was typed for that very id, and no other deletion is in flight.
  @Test("100,000 random steps never delete without a fresh reading and a matching challenge", arguments: 0..<4)
  func randomSteps(seed: UInt64) {
    var random = SplitMix(state: seed)
    var deletions = 0
    for _ in 0..<250 {
      var person = Person(accounts: 12)
      var inFlight: Set<Account.ID> = []
      for _ in 0..<100 {
        let before = person.state
        step(&person, &random)
        for id in person.effects.compactMap(\.deletedID) {
          deletions += 1
          guard case .delete(let deletion) = before.dialog else {
            Issue.record("deleted without a dialog")
            continue
          }
          #expect(deletion.phase == .challenge)
          #expect(deletion.account.id == id)
          #expect(deletion.field.text == deletion.challenge.expected)
          #expect(deletion.focus == .delete)
          #expect(inFlight.insert(id).inserted)
        }
        if case .delete(let deletion) = person.state.dialog, deletion.isBusy { continue }
        inFlight = []
      }
    }
    // The walk would prove nothing if it never got there.
    #expect(deletions > 20)
  }

  private func step(_ person: inout Person, _ random: inout SplitMix) {
    let keys: [Key] = [
      .up, .down, .enter, .escape, .tab, .backTab, .character(" "), .character("D"), .character("d"), .character("x"),
      .delete, .backspace, .character("n"), .character("r"), .character("q"), .character("?"), .character("G"),
      .character("g"),
    ]
    switch random.next() % 12 {
    case 0...3: person.press(keys[Int(random.next() % UInt64(keys.count))])
    case 4...6: goOn(&person)
    case 7...10: answer(&person, &random)
    default:
      if random.next() % 3 == 0 {
        person.send(.paste(person.deletion?.challenge.expected ?? "D"))
      } else {
        person.send(.resize(Size(width: 80 + Int(random.next() % 60), height: 24)))
      }
    }
  }

  /// What somebody does who means to delete: without it hardly any walk would get there.
  private func goOn(_ person: inout Person) {
    guard let deletion = person.deletion else {
      _ = person.press(.character("D"))
      return
    }
    if deletion.isUnlocked {
      person.press(deletion.focus == .delete ? .enter : .tab)
    } else if deletion.focus == .challenge {
      person.press(.control("u"))
      person.type(deletion.challenge.expected)
    } else {
      person.press(.tab)
    }
  }

  private func answer(_ person: inout Person, _ random: inout SplitMix) {
    guard let deletion = person.deletion else { return person.answerPages(of: 12) }
    let failure = CloudflareError(.timedOut)
    let isGood = random.next() % 4 != 0
    switch deletion.phase {
    case .reading(let token):
      let fresh = isGood ? deletion.account : Fixture.account(3, name: "Renamed")
      person.send(.delete(.accountRead(token: token, .success(fresh))))
    case .sending(let token):
      person.send(.delete(.answered(token: token, isGood ? .success(nil) : .failure(failure))))
    case .verifying(let token):
      person.send(.delete(.verified(token: token, isGood ? .success(deletion.account) : .failure(failure))))
    case .challenge, .barred, .finished: break
    }
  }
}

/// Steele and Lea's SplitMix64: small, and the same on every run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
