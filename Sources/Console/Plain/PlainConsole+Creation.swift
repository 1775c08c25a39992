import Cloudflare
import Terminal

/// Creating an account: the form's fields one after the other, each a question with a default. What is asked is what has
/// the form's focus.
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
    if let id = form.unresolvedWrite {
      guard !state.writes[id].isLookedUp else {
        showOnce(["Reading whether it has happened; this takes a few seconds."])
        return .wait
      }
      showOnce(form.messages(in: state.plainContext))
      return .question(Self.lookUpQuestion)
    }
    if form.created != nil {
      showOnce(form.messages(in: state.plainContext))
      return .question(Question(place: "requirement", prompt: "Try once more to require two-factor? yes or no [no]: "))
    }
    switch form.focus {
    case .cancel:
      store.send(.command(.nextField))
      return .goOn
    case .create:
      // What the name is compared with is told before it is decided.
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
    if form.unresolvedWrite != nil { return answerDoubt(word) }
    if word == "." { return leaveForm() }
    if form.created != nil || form.focus == .create {
      guard let isWanted = decision(word, default: false) else { return }
      return isWanted ? store.send(.command(.accept)) : leaveForm()
    }
    switch form.focus {
    case .name: fill(line, isKept: line.isEmpty && !form.name.text.isEmpty)
    case .business: fill(word == "-" ? "" : line, isKept: line.isEmpty)
    case .unit where !form.choosesUnit(in: tenancy): fill(word == "-" ? "" : word, isKept: word.isEmpty)
    case .unit:
      let units = tenancy.units
      if !word.isEmpty {
        guard let number = Int(word), (0...units.count).contains(number) else {
          return show("A number from 0 to \(units.count) is needed.")
        }
        return choose(of: units.count + 1) { $0.unit.text == (number == 0 ? "" : units[number - 1].id) }
      }
      store.send(.command(.accept))
    case .type:
      let types = form.types(in: tenancy).types
      if !word.isEmpty {
        guard let type = types.first(where: { $0.rawValue == word.lowercased() }) else {
          return show("There is no type \(word.prefix(20)) to choose.")
        }
        return choose(of: types.count) { $0.type == type }
      }
      store.send(.command(.accept))
    case .twoFactor: toggle(word, form.requiresTwoFactor)
    case .details: toggle(word, form.isBusinessOpen)
    case .cancel, .create: break
    }
  }

  /// Goes to a choice by the key that leads from one to the next, and on from it.
  ///
  /// - Parameter count: how many there are. They may have changed since they were told.
  private func choose(of count: Int, _ isChosen: (CreateState) -> Bool) {
    for _ in 0...count {
      guard let form = state.dialog as? CreateState else { return }
      if isChosen(form) { return store.send(.command(.accept)) }
      store.send(.command(.nextChoice))
    }
    show("That cannot be chosen any more.")
  }

  // MARK: What forms have in common

  static let lookUpQuestion = Question(place: "doubt", prompt: "Find out? v, or an empty line for later [later]: ")

  func answerDoubt(_ word: String) {
    switch word.lowercased() {
    case "v", "verify": store.send(.command(.verify))
    case "": leaveForm()
    default: show("v finds out by reading what became of it; an empty line leaves that for later.")
    }
  }

  /// Puts a text into the field in focus, and goes on to the next one if nothing stands against it.
  func fill(_ text: String, isKept: Bool) {
    if !isKept { replaceText(by: text) }
    let problem: String? =
      switch state.dialog {
      case let form as CreateState: form.problem(of: form.focus)
      case let form as EditState: form.problem(of: form.focus)
      default: nil
      }
    if let problem { return show("! \(problem).") }
    store.send(.command(.accept))
  }

  /// Leaves the form in front, from whichever of its steps.
  func leaveForm() {
    for _ in 0..<3 where state.dialog != nil { store.send(.command(.cancel)) }
  }

  func replaceText(by text: String) {
    for edit in [TextEdit.moveToEnd, .deleteToStart, .insert(text)] { store.send(.edit(edit)) }
  }

  /// Sets the box in focus as it is wanted, and goes on to the next field.
  func toggle(_ word: String, _ isSet: Bool) {
    guard let isWanted = decision(word, default: isSet) else { return }
    if isWanted != isSet { store.send(.command(.toggle)) }
    store.send(.command(.accept))
  }

  /// - Returns: `nil` for an answer that is none, which is said.
  func decision(_ word: String, default: Bool) -> Bool? {
    switch word.lowercased() {
    case "yes", "y": return true
    case "no", "n": return false
    case "": return `default`
    default:
      show("yes or no is needed.")
      return nil
    }
  }

  /// Tells what stands beside a question, unless it was told already.
  func showOnce(_ lines: [Block]) {
    guard announced.lines != lines else { return }
    announced.lines = lines
    show(lines)
  }

  func showOnce(_ texts: [String]) { showOnce(texts.map { .paragraph($0) }) }
}
