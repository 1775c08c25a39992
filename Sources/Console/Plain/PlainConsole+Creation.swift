import Cloudflare
import Terminal

/// The form for a new account: a question for each field, with its value as the default. The form's focus decides which
/// field is next.
extension PlainConsole {
  func openCreation() {
    leaveScreens()
    step = .command
    store.send(.command(.newAccount))
    guard let form = state.dialog as? CreateState else { return }
    if form.created == nil, form.unresolvedWrite == nil {
      show("New account. Enter keeps what stands in brackets; a single . leaves the form and keeps what was typed.")
    }
  }

  func next(_ form: CreateState) -> NextPrompt {
    if form.isSending {
      showOnce([form.created == nil ? "Creating. It is sent once." : "Requiring two-factor of every member."])
      return .wait
    }
    if let prompt = nextLookUp(form, form.messages(in: state.plainContext)) { return prompt }
    if form.created != nil {
      showOnce(form.messages(in: state.plainContext))
      return .question(Question(place: "requirement", prompt: "Try once more to require two-factor? yes or no [no]: "))
    }
    switch form.focus {
    case .cancel, .create:
      // The answer about duplicate names has to be shown before the decision.
      guard !form.duplicateNames.isPending else { return .wait }
      showOnce(line(of: form) + form.messages(in: state.plainContext))
      let what = state.session.writing == .dryRun ? "Try it without sending" : "Create it"
      return .question(Question(place: "create", prompt: "\(what)? yes or no [no]: "))
    case .type, .unit:
      guard !state.accounts.tenancy.isReading else { return .wait }
    case .name, .twoFactor, .details, .business: break
    }
    if let refusal = form.refusal(of: form.focus) { showOnce(["! Refused: \(refusal)"]) }
    return .question(question(about: form))
  }

  private func question(about form: CreateState) -> Question {
    func current(_ text: String) -> String { text.isEmpty ? "none" : text }
    let prompt =
      switch form.focus {
      case .name:
        "Name, 1 to \(NewAccount.nameLimit) characters" + (form.name.text.isEmpty ? ": " : " [\(form.name.text)]: ")
      case .type:
        "Type, \(form.types(in: tenancy).types.map(\.rawValue).joined(separator: " or ")) [\(form.type.rawValue)]: "
      case .twoFactor: "Require two-factor of every member? yes or no [\(form.requiresTwoFactor ? "yes" : "no")]: "
      case .unit:
        form.choosesUnit(in: tenancy)
          ? "Unit, a number or 0 for none [\(unitName(of: form))]: "
          : "Unit ID, only if you administer several tenants; - for none [\(current(form.unit.text))]: "
      case .details:
        "Business details, such as company and address? yes or no [\(form.isBusinessOpen ? "yes" : "no")]: "
      case .business(let field): "\(field.title), - for none [\(current(form.businessTexts[field]?.text ?? ""))]: "
      case .cancel, .create: ""
      }
    if form.focus == .unit, form.choosesUnit(in: tenancy) {
      showOnce(tenancy.units.enumerated().map { "\($0.offset + 1). \($0.element.name), \($0.element.tenantName)" })
    } else if form.focus == .unit, let reason = tenancy.missingUnits {
      showOnce([reason])
    } else if form.focus == .type, let message = form.types(in: tenancy).message {
      showOnce([message])
    }
    return Question(place: "\(form.focus)", prompt: prompt)
  }

  private func unitName(of form: CreateState) -> String {
    tenancy.units.first { $0.id == form.unit.text }?.name ?? "none"
  }

  private func line(of form: CreateState) -> [Block] {
    var lines = [Block.field("Name", form.name.text), Block.field("Type", form.type.rawValue)]
    lines.append(Block.field("Two-factor", form.requiresTwoFactor ? "required" : "not required"))
    if !form.unit.text.isEmpty {
      lines.append(Block.field("Unit", form.choosesUnit(in: tenancy) ? unitName(of: form) : form.unit.text))
    }
    for field in BusinessField.allCases {
      if let text = form.businessTexts[field]?.text, !text.isEmpty { lines.append(Block.field(field.title, text)) }
    }
    if let warning = form.warningOfName { lines.append(.warning("\(warning).")) }
    return lines
  }

  func answer(_ line: String, in form: CreateState) {
    let word = line.trimmed
    announced.lines = []
    if form.created != nil { return decide(word) }
    switch form.focus {
    case .name: fill(line.isEmpty && !form.name.text.isEmpty ? nil : line)
    case .business: fill(line.isEmpty ? nil : word == "-" ? "" : line)
    case .unit where !form.choosesUnit(in: tenancy): fill(word.isEmpty ? nil : word == "-" ? "" : word)
    case .unit where word.isEmpty, .type where word.isEmpty: send(.next)
    case .unit:
      let choices = [""] + tenancy.units.map(\.id)
      guard let number = Int(word), choices.indices.contains(number) else {
        return show("A number from 0 to \(tenancy.units.count) is needed.")
      }
      send(.choose(choices[number]), .next)
    case .type:
      let type = word.lowercased()
      guard form.types(in: tenancy).types.contains(where: { $0.rawValue == type }) else {
        return show("There is no type \(word.prefix(20)) to choose.")
      }
      send(.choose(type), .next)
    case .twoFactor: toggle(word, form.requiresTwoFactor)
    case .details: toggle(word, form.isBusinessOpen)
    case .cancel, .create: decide(word)
    }
  }

  // MARK: All forms

  static let lookUpQuestion = Question(place: "doubt", prompt: "Find out? v, or an empty line for later [later]: ")

  /// The step of a form with an unresolved write; `nil` if it has none.
  ///
  /// - Parameter text: what to print before the question.
  func nextLookUp(_ form: some WriteForm, _ text: [Block]) -> NextPrompt? {
    guard let id = form.unresolvedWrite else { return nil }
    guard !state.writes[id].isLookedUp else {
      showOnce(["Reading whether it has happened; this takes a few seconds."])
      return .wait
    }
    showOnce(text)
    return .question(Self.lookUpQuestion)
  }

  func answerLookUp(_ word: String) {
    announced.lines = []
    switch word.lowercased() {
    case "v", "verify": store.send(.command(.verify))
    case "": send(.leave)
    default: show("v finds out by reading what became of it; an empty line leaves that for later.")
    }
  }

  /// Sends steps to the form or dialog in front.
  func send(_ steps: FormStep...) {
    for step in steps { store.send(.plain(.form(step))) }
  }

  /// Sets the text of the field in focus, and moves on if it has no problem.
  ///
  /// - Parameter text: `nil` keeps the current text.
  func fill(_ text: String?) {
    if let text { send(.fill(text)) }
    if let problem = (state.dialog as? any WriteForm)?.problemInFocus { return show("! \(problem).") }
    send(.next)
  }

  /// Sends or leaves the form.
  func decide(_ word: String) {
    if let isWanted = decision(word, default: false) { send(isWanted ? .proceed : .leave) }
  }

  /// Sets the box in focus and moves on.
  func toggle(_ word: String, _ isSet: Bool) {
    guard let isWanted = decision(word, default: isSet) else { return }
    send(.set(isWanted), .next)
  }

  /// - Returns: `nil` for any other answer, after a message.
  private func decision(_ word: String, default: Bool) -> Bool? {
    switch word.lowercased() {
    case "yes", "y": return true
    case "no", "n": return false
    case "": return `default`
    default:
      show("yes or no is needed.")
      return nil
    }
  }

  /// Prints lines before a question, unless they were printed last.
  func showOnce(_ lines: [Block]) {
    guard announced.lines != lines else { return }
    announced.lines = lines
    show(lines)
  }

  func showOnce(_ texts: [String]) { showOnce(texts.map { .paragraph($0) }) }
}
