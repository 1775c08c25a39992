import Cloudflare
import FoundationEssentials

/// What an account holds, in words: for the detail pane, and for the review of a deletion. What is not known is never
/// told as none.
struct InventoryText {
  let inventory: Inventory

  /// One part, as far as it is known.
  struct Part {
    let label: String
    let content: Content
  }

  enum Content {
    case pending
    case failed(CloudflareError)
    case none
    case held(Held)
  }

  struct Held {
    /// In one line.
    var glance: String
    /// What is said of the whole list before its rows, or of what has no rows.
    var head: String
    var rows: [TableRow] = []
    /// What a deletion destroys or leaves behind.
    var review: String
  }

  /// Names that a review gives of zones, members and the like.
  private static let names = 5

  // MARK: Parts

  /// The parts that go with the account.
  ///
  /// - Parameter identity: who is signed in, if it is an e-mail address.
  func resources(identity: String = "", hintToRest: String = "") -> [Part] {
    [
      part("Zones", inventory.zones) { zones in
        Held(
          glance: counted(zones, zones.first.map(\.name)), head: head(zones, .zones, hintToRest),
          rows: zones.first.map { TableRow(name: $0.name, state: $0.status ?? "not said", more: $0.plan?.name ?? "") },
          review: listed(
            zones, zones.first.map(\.name), among(zones.first.count { $0.status == "active" }, "active", zones)))
      },
      part("Members", inventory.members) { members in
        let pending = pendingWords(members)
        return Held(
          glance: count(members) + (pending.isEmpty ? "" : "  \(pending)"),
          head: head(members, .members, hintToRest, beside: pending), rows: members.first.map(Self.row),
          review: reviewed(members, identity))
      },
      part("Plans", inventory.subscriptions) { plans in
        Held(
          glance: counted(
            plans, plans.first.map { plan in Self.name(of: plan) + (Self.state(of: plan).map { " (\($0))" } ?? "") }),
          head: head(plans, .subscriptions, hintToRest),
          rows: plans.first.map {
            TableRow(name: Self.name(of: $0), state: Self.state(of: $0) ?? "not said", more: Self.price(of: $0))
          },
          review: listed(
            plans,
            plans.first.map { plan in
              let facts = [Self.state(of: plan), Self.price(of: plan)].compactMap(\.self)
              return "\(Self.name(of: plan)) (\(facts.joined(separator: ", ")))"
            }))
      },
    ]
  }

  /// The parts that few accounts have, and that may survive them.
  var survivors: [Part] {
    [
      part("Logpush", inventory.logpushJobs) { jobs in
        let names = jobs.first.map(Self.name(of:))
        return Held(glance: counted(jobs, names), head: counted(jobs, names), review: listed(jobs, names))
      },
      part("Gateway", inventory.gateway) { $0.map { $0.providerName.map { "set up, \($0)" } ?? "set up" } },
      part("Access", inventory.accessOrganization) { $0.map { $0.authDomain ?? $0.name ?? "set up" } },
    ]
  }

  private func part<Element>(
    _ label: String, _ data: RemoteData<CountedList<Element>>, _ held: (CountedList<Element>) -> Held
  ) -> Part {
    Part(label: label, content: content(data) { $0.total == 0 ? .none : .held(held($0)) })
  }

  private func part<Value>(_ label: String, _ data: RemoteData<Value>, _ text: (Value) -> String?) -> Part {
    Part(
      label: label,
      content: content(data) { text($0).map { .held(Held(glance: $0, head: $0, review: $0)) } ?? .none })
  }

  private func content<Value>(_ data: RemoteData<Value>, _ known: (Value) -> Content) -> Content {
    if let value = data.reading?.value { return known(value) }
    return data.failure.map(Content.failed) ?? .pending
  }

  /// What to do about the parts that could not be checked, in their order, each step once.
  ///
  /// Nothing helps where the server has no such part: the list, which is what to read again when an account is not
  /// there, is not at fault.
  var nextSteps: [String] {
    var steps: [String] = []
    for part in InventoryPart.allCases {
      guard let failure = inventory.failure(of: part), !failure.saysNotThere, let step = failure.nextStep else {
        continue
      }
      if !steps.contains(step) { steps.append(step) }
    }
    return steps
  }

  // MARK: In the detail pane

  /// - Parameters:
  ///   - isOpen: whether the lists are shown whole, as when a person has opened the account; a line for each part
  ///     otherwise.
  ///   - now: in whole minutes.
  ///   - hintToRest: how the rest of a list is loaded, with the key that does it.
  func blocks(isOpen: Bool, at now: Date, hintToRest: String) -> [Block] {
    var text: [Block] = [.paragraph(heading(at: now), Theme.faint)]
    text += resources(hintToRest: hintToRest).flatMap { blocks(for: $0, isOpen, isRare: false) }
    text += rare(survivors, isOpen)
    // What to do is said once, however many parts it is about.
    if isOpen, !nextSteps.isEmpty { text += [.blank] + nextSteps.map { .paragraph($0, Theme.faint) } }
    return text
  }

  /// Says whether the inventory is being read, or when it was.
  private func heading(at now: Date) -> String {
    let words = "What it holds"
    if !inventory.loadingParts.isEmpty { return "\(words), reading …" }
    guard inventory.unreadParts.isEmpty, let date = inventory.readOn else { return words }
    let age = now.timeIntervalSince(date)
    let time = age < 43_200 ? Wording.time(date) : Wording.minute(date)
    return "\(words), read at \(time)" + (age >= 60 ? ", \(Wording.age(of: date, at: now))" : "")
  }

  /// The parts that few accounts have: told of where they are there or could not be checked, and all when opened.
  private func rare(_ parts: [Part], _ isOpen: Bool) -> [Block] {
    let failures = parts.compactMap { part -> (label: String, reason: String)? in
      guard case .failed(let error) = part.content else { return nil }
      return (part.label, error.shortReason)
    }
    guard !isOpen, let reason = failures.first?.reason, Set(failures.map(\.reason)).count == 1 else {
      return parts.flatMap { blocks(for: $0, isOpen, isRare: true) }
    }
    // Credentials that may not see one of them usually may not see the others.
    let labels = failures.map(\.label)
    return parts.filter { !labels.contains($0.label) }.flatMap { blocks(for: $0, isOpen, isRare: true) }
      + [.glance("Not checked", "\(labels.joined(separator: ", ")) (\(reason))", Theme.warning)]
  }

  private func blocks(for part: Part, _ isOpen: Bool, isRare: Bool) -> [Block] {
    switch part.content {
    case .pending: return isOpen || !isRare ? [.glance(part.label, "…", Theme.faint)] : []
    case .none: return isOpen || !isRare ? [.glance(part.label, "none")] : []
    case .failed(let error):
      let text = "could not check (\(error.shortReason))"
      return [isOpen ? .field(part.label, text, Theme.warning) : .glance(part.label, text, Theme.warning)]
    case .held(let held):
      guard isOpen else { return [.glance(part.label, held.glance)] }
      return [.field(part.label, held.head)] + (held.rows.isEmpty ? [] : [.table(held.rows)])
    }
  }

  // MARK: Words

  /// `12  harborpine.com, hp-freight.net …`
  private func counted<Element>(_ list: CountedList<Element>, _ names: [String]) -> String {
    count(list) + (names.isEmpty ? "" : "  \(names.joined(separator: ", "))")
      + (names.count < list.total || !list.isExact ? " …" : "")
  }

  private func count<Element>(_ list: CountedList<Element>) -> String {
    let number = Wording.number(list.total)
    return (number.count < 2 ? " " : "") + number + (list.isExact ? "" : " or more") + list.unreadableWords
  }

  /// How many there are, and how to see those that are not here.
  private func head<Element>(
    _ list: CountedList<Element>, _ part: InventoryPart, _ hintToRest: String, beside: String = ""
  ) -> String {
    guard !list.isComplete else { return count(list) + (beside.isEmpty ? "" : "  \(beside)") }
    let shown = list.isExact ? "first \(Wording.number(list.first.count)) shown, " : ""
    return count(list) + "  " + shown + (inventory.isCompleting(part) ? "reading the rest …" : hintToRest)
  }

  /// `12, 8 active: harborpine.com, hp-freight.net …`
  private func listed<Element>(_ list: CountedList<Element>, _ names: [String], _ fact: String = "") -> String {
    let shown = names.prefix(Self.names).joined(separator: ", ")
    let more = list.isExact && min(names.count, Self.names) >= list.total ? "" : " …"
    let number = Wording.number(list.total) + (list.isExact ? "" : " or more") + list.unreadableWords
    return number + (fact.isEmpty ? "" : ", \(fact)") + (shown.isEmpty ? "" : ": \(shown)\(more)")
  }

  private func among<Element>(_ number: Int, _ word: String, _ list: CountedList<Element>) -> String {
    let text = "\(number == 0 ? "none" : Wording.number(number)) \(word)"
    return list.isComplete ? text : "\(text) among the first \(Wording.number(list.first.count))"
  }

  /// How many were invited and have not answered, as far as is known.
  private func pendingWords(_ members: CountedList<Member>) -> String {
    let number = members.first.count(where: \.isPending)
    return members.isComplete && number == 0 ? "" : among(number, "pending", members)
  }

  private func reviewed(_ members: CountedList<Member>, _ identity: String) -> String {
    let pending = members.first.count(where: \.isPending)
    var facts = pending == 0 ? [] : [among(pending, "not yet accepted", members)]
    if members.first.contains(where: { $0.email == identity }) { facts.append("you among them") }
    return listed(members, members.first.compactMap(\.email), facts.joined(separator: ", "))
  }

  private static func row(_ member: Member) -> TableRow {
    TableRow(
      name: member.email ?? "not said", state: member.status ?? "not said",
      more: (member.roles ?? []).compactMap(\.name).joined(separator: ", "))
  }

  private static func name(of plan: Subscription) -> String {
    plan.ratePlan?.publicName ?? plan.ratePlan?.id ?? "unnamed"
  }

  private static func name(of job: LogpushJob) -> String {
    let name = job.name.flatMap { $0.isEmpty ? nil : $0 } ?? job.dataset ?? job.id.map { "job \($0)" } ?? "unnamed"
    return job.isEnabled == false ? "\(name) (off)" : name
  }

  /// `AwaitingPayment` as words.
  private static func state(of plan: Subscription) -> String? {
    plan.state.map { state in
      state.reduce(into: "") { words, character in
        if character.isUppercase, !words.isEmpty { words.append(" ") }
        words += character.lowercased()
      }
    }
  }

  private static func price(of plan: Subscription) -> String {
    guard let price = plan.price else { return "price not said" }
    return [Wording.amount(price), plan.currency, plan.frequency].compactMap(\.self).joined(separator: " ")
  }
}

extension CountedList {
  /// ` (1 unreadable)`, behind the number; empty where every one of them can be read.
  fileprivate var unreadableWords: String {
    unreadable == 0 ? "" : " (\(Wording.number(unreadable)) unreadable)"
  }
}
