import Cloudflare
import FoundationEssentials
import Terminal

/// What an account holds, as lines of the detail pane. What is not known is never drawn as none.
struct InventoryLines {
  let inventory: Inventory
  let width: Int
  /// In whole minutes.
  let now: Date
  /// How the rest of a list is loaded, with the key that does it.
  let hintToRest: String

  /// - Parameter isOpen: whether the lists are told whole, as when a person has opened the account; a line for each part
  ///   otherwise.
  func lines(isOpen: Bool) -> [Line] {
    var lines = wrapped(heading, width: width).map { Line(text: $0, style: Theme.faint) }
    lines += part("Zones", inventory.zones, isOpen, glimpse: glimpse(ofZones:)) { zones in
      table(head(zones, .zones), "Zones", zoneRows(zones))
    }
    lines += part("Members", inventory.members, isOpen, glimpse: glimpse(ofMembers:)) { members in
      table(head(members, .members, beside: pending(members)), "Members", memberRows(members))
    }
    lines += part("Plans", inventory.subscriptions, isOpen, glimpse: glimpse(ofPlans:)) { plans in
      table(head(plans, .subscriptions), "Plans", planRows(plans))
    }
    lines += rareParts(isOpen)
    // What to do is said once, however many parts it is about.
    if isOpen, !nextSteps.isEmpty {
      lines.append(Line(text: ""))
      for step in nextSteps { lines += wrapped(step, width: width).map { Line(text: $0, style: Theme.faint) } }
    }
    return lines
  }

  /// Says whether the inventory is being read, or when it was.
  private var heading: String {
    let words = "What it holds"
    if !inventory.loadingParts.isEmpty { return "\(words), reading …" }
    guard inventory.unreadParts.isEmpty, let date = inventory.readOn else { return words }
    let age = now.timeIntervalSince(date)
    let time = age < 43_200 ? Wording.time(date) : Wording.minute(date)
    return "\(words), read at \(time)" + (age >= 60 ? ", \(Wording.age(of: date, at: now))" : "")
  }

  /// A part that is always told of.
  private func part<Element>(
    _ label: String, _ data: RemoteData<CountedList<Element>>, _ isOpen: Bool,
    glimpse: (CountedList<Element>) -> String, open: (CountedList<Element>) -> [Line]
  ) -> [Line] {
    if let list = data.reading?.value {
      if list.total == 0 { return [Line(text: "none", label: label)] }
      return isOpen ? open(list) : [Line(text: glimpse(list), label: label)]
    }
    if case .unavailable(let error, _) = data { return unavailable(label, error, isOpen) }
    return [Line(text: "…", style: Theme.faint, label: label)]
  }

  /// The parts that few accounts have: told of where they are there or could not be checked, and all when opened.
  private func rareParts(_ isOpen: Bool) -> [Line] {
    let parts: [(label: String, found: Found)] = [
      (
        "Logpush",
        found(inventory.logpushJobs) { jobs in jobs.total == 0 ? nil : counted(jobs, jobs.first.map(Self.name(of:))) }
      ),
      ("Gateway", found(inventory.gateway) { $0.map { $0.providerName.map { "set up, \($0)" } ?? "set up" } }),
      ("Access", found(inventory.accessOrganization) { $0.map { $0.authDomain ?? $0.name ?? "set up" } }),
    ]
    let reasons = Set(parts.compactMap(\.found.reason))
    if !isOpen, reasons.count == 1, let reason = reasons.first {
      // Credentials that may not see one of them usually may not see the others.
      let unchecked = parts.filter { $0.found.reason != nil }.map(\.label)
      return parts.filter { $0.found.reason == nil }.flatMap { lines($0.label, $0.found, isOpen) } + [
        Line(text: "\(unchecked.joined(separator: ", ")) (\(reason))", style: Theme.warning, label: "Not checked")
      ]
    }
    return parts.flatMap { lines($0.label, $0.found, isOpen) }
  }

  private enum Found {
    case pending
    case none
    case some(String)
    case unavailable(CloudflareError)

    var reason: String? {
      guard case .unavailable(let error) = self else { return nil }
      return error.shortReason
    }
  }

  private func found<Value>(_ data: RemoteData<Value>, _ text: (Value) -> String?) -> Found {
    if let value = data.reading?.value { return text(value).map(Found.some) ?? .none }
    if case .unavailable(let error, _) = data { return .unavailable(error) }
    return .pending
  }

  private func lines(_ label: String, _ found: Found, _ isOpen: Bool) -> [Line] {
    switch found {
    case .pending: isOpen ? [Line(text: "…", style: Theme.faint, label: label)] : []
    case .none: isOpen ? [Line(text: "none", label: label)] : []
    case .some(let text): isOpen ? detailField(label, text, width: width) : [Line(text: text, label: label)]
    case .unavailable(let error): unavailable(label, error, isOpen)
    }
  }

  private func unavailable(_ label: String, _ error: CloudflareError, _ isOpen: Bool) -> [Line] {
    let text = "could not check (\(error.shortReason))"
    return isOpen
      ? detailField(label, text, width: width, style: Theme.warning)
      : [Line(text: text, style: Theme.warning, label: label)]
  }

  /// What to do about the parts that could not be checked, in their order.
  ///
  /// Nothing helps where the server has no such part: the list, which is what to read again when an account is not
  /// there, is not at fault.
  private var nextSteps: [String] {
    var steps: [String] = []
    for part in InventoryPart.allCases {
      guard let failure = inventory.failure(of: part), !failure.saysNotThere, let step = failure.nextStep else {
        continue
      }
      if !steps.contains(step) { steps.append(step) }
    }
    return steps
  }

  // MARK: One line each

  /// `12  harborpine.com, hp-freight.net …`
  private func counted<Element>(_ list: CountedList<Element>, _ names: [String]) -> String {
    count(list) + (names.isEmpty ? "" : "  \(names.joined(separator: ", "))")
      + (names.count < list.total || !list.isExact ? " …" : "")
  }

  private func count<Element>(_ list: CountedList<Element>) -> String {
    let number = Wording.number(list.total)
    return (number.count < 2 ? " " : "") + number + (list.isExact ? "" : " or more") + list.unreadableWords
  }

  private func glimpse(ofZones zones: CountedList<Zone>) -> String { counted(zones, zones.first.map(\.name)) }

  private func glimpse(ofMembers members: CountedList<Member>) -> String {
    let pending = pending(members)
    return count(members) + (pending.isEmpty ? "" : "  \(pending)")
  }

  private func glimpse(ofPlans plans: CountedList<Subscription>) -> String {
    counted(plans, plans.first.map { plan in Self.name(of: plan) + (Self.state(of: plan).map { " (\($0))" } ?? "") })
  }

  /// How many were invited and have not answered, as far as is known.
  private func pending(_ members: CountedList<Member>) -> String {
    let number = members.first.count(where: \.isPending)
    if members.isComplete { return number == 0 ? "" : "\(Wording.number(number)) pending" }
    return "\(number == 0 ? "none" : Wording.number(number)) pending among the first \(members.first.count)"
  }

  // MARK: Whole lists

  /// How many there are, and how to see those that are not here.
  private func head<Element>(_ list: CountedList<Element>, _ part: InventoryPart, beside: String = "") -> String {
    guard !list.isComplete else { return count(list) + (beside.isEmpty ? "" : "  \(beside)") }
    let shown = list.isExact ? "first \(Wording.number(list.first.count)) shown, " : ""
    return count(list) + "  " + shown + (inventory.isCompleting(part) ? "reading the rest …" : hintToRest)
  }

  private func zoneRows(_ zones: CountedList<Zone>) -> [InventoryTable.Row] {
    zones.first.map { .init(name: $0.name, state: $0.status ?? "not said", more: $0.plan?.name ?? "") }
  }

  private func memberRows(_ members: CountedList<Member>) -> [InventoryTable.Row] {
    members.first.map { member in
      .init(
        name: member.email ?? "not said", state: member.status ?? "not said",
        more: (member.roles ?? []).compactMap(\.name).joined(separator: ", "))
    }
  }

  private func planRows(_ plans: CountedList<Subscription>) -> [InventoryTable.Row] {
    plans.first.map {
      .init(name: Self.name(of: $0), state: Self.state(of: $0) ?? "not said", more: Self.price(of: $0))
    }
  }

  private func table(_ head: String, _ label: String, _ rows: [InventoryTable.Row]) -> [Line] {
    detailField(label, head, width: width) + InventoryTable(rows: rows, width: width).lines
  }

  // MARK: Words

  static func name(of plan: Subscription) -> String {
    plan.ratePlan?.publicName ?? plan.ratePlan?.id ?? "unnamed"
  }

  static func name(of job: LogpushJob) -> String {
    let name = job.name.flatMap { $0.isEmpty ? nil : $0 } ?? job.dataset ?? job.id.map { "job \($0)" } ?? "unnamed"
    return job.isEnabled == false ? "\(name) (off)" : name
  }

  /// `AwaitingPayment` as words.
  static func state(of plan: Subscription) -> String? {
    plan.state.map { state in
      state.reduce(into: "") { words, character in
        if character.isUppercase, !words.isEmpty { words.append(" ") }
        words += character.lowercased()
      }
    }
  }

  static func price(of plan: Subscription) -> String {
    guard let price = plan.price else { return "price not said" }
    let amount = [Wording.amount(price), plan.currency, plan.frequency].compactMap { $0 }
    return amount.joined(separator: " ")
  }
}

extension CountedList {
  /// ` (1 unreadable)`, behind the number; empty where every one of them can be read.
  var unreadableWords: String { unreadable == 0 ? "" : " (\(Wording.number(unreadable)) unreadable)" }
}

extension CloudflareError {
  /// Why it failed, in a few words without an end.
  var shortReason: String {
    switch cause {
    case .unreachable: "no connection"
    case .interrupted: "the connection broke"
    case .timedOut: "no answer in time"
    case .cancelled: "cancelled"
    case .unreadable(let reason), .invalidRequest(let reason): Self.oneLine(reason, limit: 100)
    case .edge: "\(answeredBy) answered\(status.map { " \($0)" } ?? "")"
    case .refused where status == 429 && nothingWasSent: "no more requests for now"
    case .refused, .serverFault:
      // A refusal with the status of a success is one by its envelope.
      "\(status.flatMap { $0 < 400 ? nil : "\($0) " } ?? "refused: ")\(firstWords ?? "no reason given")"
    }
  }

  /// The first message, or what it gives instead of one.
  private var firstWords: String? {
    guard let error = errors.first else { return nil }
    let texts = ([error] + (error.errorChain ?? [])).lazy.map(\.message).filter { !$0.isEmpty }
    return texts.first.map { Self.oneLine($0, limit: 100) } ?? error.code.map { "code \($0)" }
  }
}
