import Cloudflare
import Terminal

/// The form that changes an account: a question for each field, then the old and new values, then the decision.
extension PlainConsole {
  func next(_ form: EditState) -> NextPrompt {
    if let prompt = nextLookUp(form, form.messages(in: state.plainContext)) { return prompt }
    switch form.phase {
    case .reading, .checking, .write(.sending):
      showOnce(form.messages(in: state.plainContext))
      return .wait
    case .editing, .write(.refused): return nextFields(of: form)
    case .reviewing, .write(.lookedUp): return decide(form, "Save it? yes or no [no]: ")
    case .unreadable, .uncheckable, .write: return decide(form, "Try again? yes or no [no]: ")
    case .changedMeanwhile(let account):
      showOnce(
        differences(AccountDifference.between(form.base, account), "was")
          + form.messages(in: state.plainContext))
      return .question(Question(place: "changed", prompt: "Go on from what it is now? yes or no [no]: "))
    }
  }

  private func nextFields(of form: EditState) -> NextPrompt {
    let prompt: String
    switch form.focus {
    case .cancel, .proceed:
      guard form.firstProblem != nil || !form.edits.isEmpty else {
        show("Nothing is changed.")
        send(.leave)
        return .goOn
      }
      guard case .editing = form.phase else { return decide(form, "Review it again? yes or no [no]: ") }
      send(.proceed)
      return .goOn
    case .name: prompt = "Name [\(form.name.text)]: "
    case .twoFactor:
      prompt = "Require two-factor of every member? yes or no [\(form.requiresTwoFactor ? "yes" : "no")]: "
    case .contact:
      prompt = "E-mail for reports of abuse, - for none [\(form.contact.text.isEmpty ? "none" : form.contact.text)]: "
    }
    if let refusal = form.refusal(of: form.focus) {
      showOnce(["! Refused: \(refusal)"])
    } else if form.focus == .name {
      showOnce(["Edit \(form.base.name). Enter keeps what stands in brackets; a single . leaves it as it is."])
    }
    return .question(Question(place: "\(form.focus)", prompt: prompt))
  }

  private func decide(_ form: EditState, _ prompt: String) -> NextPrompt {
    showOnce(
      differences(AccountDifference.between(form.base, form.edits), "is")
        + form.messages(in: state.plainContext))
    return .question(Question(place: "decision", prompt: prompt))
  }

  private func differences(_ differences: [AccountDifference], _ verb: String) -> [Block] {
    differences.map { Block.field($0.label, "\(verb) \($0.before), then \($0.after)") }
  }

  func answer(_ line: String, in form: EditState) {
    let word = line.trimmed
    announced.lines = []
    switch form.focus {
    case .name: fill(line.isEmpty ? nil : line)
    case .contact: fill(word.isEmpty ? nil : word == "-" ? "" : word)
    case .twoFactor: toggle(word, form.requiresTwoFactor)
    case .cancel, .proceed: decide(word)
    }
  }
}
