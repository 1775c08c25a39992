import Cloudflare
import FoundationEssentials
import Terminal

/// What a deletion would destroy, and what would go on without the account. What could not be checked says so, and is
/// never told as none.
struct ReviewLines {
  let inventory: Inventory
  /// Who is signed in, if it is an e-mail address.
  let identity: String
  let width: Int
  /// How all of it is read again, with the key that does it.
  let stepToReadAgain: String?

  /// Names that are told of zones, members and the like.
  private static let names = 5

  var lines: [Line] {
    [Line(text: ""), Line(text: "Will be destroyed, with everything else in it", style: Theme.heading)]
      + part("Zones", inventory.zones) { $0.total == 0 ? nil : zones($0) }
      + part("Members", inventory.members) { $0.total == 0 ? nil : members($0) }
      + part("Plans", inventory.subscriptions) { $0.total == 0 ? nil : plans($0) }
      + [Line(text: ""), Line(text: "May survive and keep working", style: Theme.heading)]
      + part("Logpush", inventory.logpushJobs) { $0.total == 0 ? nil : jobs($0) }
      + part("Gateway", inventory.gateway) { $0.map { $0.providerName.map { "set up, \($0)" } ?? "set up" } }
      + part("Access", inventory.accessOrganization) { $0.map { $0.authDomain ?? $0.name ?? "set up" } }
      + hint
  }

  /// What goes with the account, in one line; `nil` when nothing is known to, and all of it could be checked.
  var summary: String? {
    var known: [String] = []
    var unknown: [String] = []
    func add<Element>(_ data: RemoteData<CountedList<Element>>, _ one: String, _ many: String, _ word: String) {
      guard let list = value(of: data) else { return unknown.append(word) }
      if list.total > 0 { known.append(count(list, one, many)) }
    }
    add(inventory.zones, "zone", "zones", "zones")
    add(inventory.members, "member's access", "members' access", "members")
    add(inventory.subscriptions, "plan", "plans", "plans")
    if !unknown.isEmpty { known.append("and what could not be checked: \(unknown.joined(separator: ", "))") }
    return known.isEmpty ? nil : known.joined(separator: ", ")
  }

  private func value<Value>(of data: RemoteData<Value>) -> Value? {
    guard case .known(let reading) = data else { return nil }
    return reading.value
  }

  private func part<Value>(_ label: String, _ data: RemoteData<Value>, _ text: (Value) -> String?) -> [Line] {
    if let value = value(of: data) { return detailField(label, text(value) ?? "none", width: width) }
    if case .unavailable(let error, _) = data {
      // Whether that is the answer of an account that never had it is not documented.
      let more = error.saysNotThere ? ": perhaps never set up" : ""
      return detailField(
        label, "could not check (\(error.shortReason))\(more)", width: width, style: Theme.warning)
    }
    return [Line(text: "…", style: Theme.faint, label: label)]
  }

  private var hint: [Line] {
    var sentences: [String] = []
    let hasGateway = value(of: inventory.gateway).map { $0 != nil } ?? false
    let hasAccess = value(of: inventory.accessOrganization).map { $0 != nil } ?? false
    if hasGateway || hasAccess {
      let steps = [hasGateway ? "the Gateway" : nil, hasAccess ? "the Access organisation" : nil, "the account"]
      sentences.append(
        "Cloudflare's documented order of removal: \(steps.compactMap(\.self).joined(separator: ", then ")).")
    }
    if let jobs = value(of: inventory.logpushJobs), jobs.total > 0 {
      sentences.append("Logpush jobs go on sending logs until each is deleted, which has to be done first.")
    }
    var steps: [String] = []
    for part in InventoryPart.allCases {
      guard let error = inventory.failure(of: part), !error.saysNotThere else { continue }
      if let step = error.nextStep, !steps.contains(step) { steps.append(step) }
    }
    if !steps.isEmpty {
      sentences.append(
        (["For what could not be checked:"] + steps + [stepToReadAgain].compactMap(\.self)).joined(separator: " "))
    }
    return sentences.flatMap { wrapped($0, width: width).map { Line(text: $0, style: Theme.warning) } }
  }

  // MARK: Words

  private func count<Element>(_ list: CountedList<Element>, _ one: String, _ many: String) -> String {
    list.isExact
      ? Wording.count(list.total, one, many) : "\(Wording.number(list.total)) or more \(many)"
  }

  private func shown<Element>(_ list: CountedList<Element>, _ names: [String], message: String) -> String {
    let shown = names.prefix(Self.names).joined(separator: ", ")
    let more = list.isExact && min(names.count, Self.names) >= list.total ? "" : " …"
    let number = Wording.number(list.total) + (list.isExact ? "" : " or more") + list.unreadableWords
    return number + (message.isEmpty ? "" : ", \(message)") + (shown.isEmpty ? "" : ": \(shown)\(more)")
  }

  private func among<Element>(_ number: Int, _ word: String, _ list: CountedList<Element>) -> String {
    let text = "\(number == 0 ? "none" : Wording.number(number)) \(word)"
    return list.isComplete ? text : "\(text) among the first \(Wording.number(list.first.count))"
  }

  private func zones(_ zones: CountedList<Zone>) -> String {
    shown(zones, zones.first.map(\.name), message: among(zones.first.count { $0.status == "active" }, "active", zones))
  }

  private func members(_ members: CountedList<Member>) -> String {
    let pending = members.first.count(where: \.isPending)
    var message = pending == 0 ? "" : among(pending, "not yet accepted", members)
    if members.first.contains(where: { $0.email == identity }) {
      message += (message.isEmpty ? "" : ", ") + "you among them"
    }
    return shown(members, members.first.compactMap(\.email), message: message)
  }

  private func plans(_ plans: CountedList<Subscription>) -> String {
    let names = plans.first.map { plan in
      let facts = [InventoryLines.state(of: plan), InventoryLines.price(of: plan)].compactMap(\.self)
      return "\(InventoryLines.name(of: plan)) (\(facts.joined(separator: ", ")))"
    }
    return shown(plans, names, message: "")
  }

  private func jobs(_ jobs: CountedList<LogpushJob>) -> String {
    shown(jobs, jobs.first.map(InventoryLines.name(of:)), message: "")
  }
}
