import Cloudflare
import Terminal

/// Copying, and the dashboard's pages.
extension State {
  mutating func copy(_ command: Command) -> [Effect] {
    switch command {
    case .copyName: copyName()
    case .copyReceipt: copyReceipt()
    case .openDashboard: openDashboard()
    default: copyID()
    }
  }

  /// Says how a text came to the clipboard, or that it did not.
  func copyNotice(_ text: ClipboardText, _ route: CopyRoute?) -> Outcome {
    let omitted = text.omitted == 0 ? "" : ", without \(Wording.count(text.omitted, "control", "controls")) in it"
    switch route {
    case .program(let program): return .notice(.success, "Copied \(text.name) by \(program)\(omitted)")
    case .terminal(let note):
      return .notice(
        .success, "Copied \(text.name) by OSC 52\(omitted)",
        nextStep: note ?? "if pasting brings something else, the terminal does not allow it")
    case nil:
      let what = text.name.prefix(1).uppercased() + text.name.dropFirst()
      return .notice(
        .failure, "\(what) could not be copied: neither a program nor the terminal takes it",
        nextStep: "select it on the screen")
    }
  }

  /// The account that is looked at.
  private var subject: Account? {
    let context = context(statusTop: 0)
    return layers.lazy.reversed().compactMap { $0.screen.subject(in: context) }.first ?? browse.subject(in: context)
  }

  private mutating func explainMissingSelection() -> [Effect] {
    notice = browse.list.missingSelection(in: accounts.list)
    return []
  }

  private mutating func copyName() -> [Effect] {
    guard let account = subject else { return explainMissingSelection() }
    guard account.nameProblem == nil else {
      notice = Notice(.warning, "There is no name to copy: it cannot be read")
      return []
    }
    return [.copy(ClipboardText("the name", account.name))]
  }

  private mutating func copyID() -> [Effect] {
    if let account = subject { return [.copy(ClipboardText("the ID", account.id))] }
    // Where an error stands in the list's place, what names it to Cloudflare's support is what there is to copy.
    if !accounts.list.isLoaded, let ray = accounts.failures[1]?.ray, !ray.isEmpty {
      return [.copy(ClipboardText("the cf-ray", ray))]
    }
    return explainMissingSelection()
  }

  /// Copies all that is known of a write, line by line.
  private mutating func copyReceipt() -> [Effect] {
    let context = context(statusTop: 0)
    guard let entry = front.receipt(in: context).flatMap(writes.history.entry) else {
      if front.subject(in: context) != nil { return copyID() }
      notice = Notice(.note, "There is no write to copy")
      return []
    }
    let lines = context.entryText(of: entry).compactMap { block -> String? in
      guard case .field(let label, let text, _) = block else { return nil }
      return "\(label): \(ClipboardText("", label == "ID" ? entry.accountID ?? text : text).text)"
    }
    return [.copy(ClipboardText("the receipt", lines.joined(separator: "\n") + "\n", keepsLines: true))]
  }

  private mutating func openDashboard() -> [Effect] {
    guard let account = subject else { return explainMissingSelection() }
    guard session.endpointKind == .production else {
      notice = Notice(
        .note, "There is no dashboard page: this is \(session.endpointHost), and only Cloudflare itself has one")
      return []
    }
    let isPlain = account.id.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) || $0 == "-" || $0 == "_"
    }
    guard !account.id.isEmpty, isPlain else {
      notice = Notice(.warning, "There is no dashboard page for an ID like \(account.id)")
      return []
    }
    let address = "https://dash.cloudflare.com/\(account.id)"
    if notice == addressNotice(address) { return [.copy(ClipboardText("the address", address))] }
    return [.open(address)]
  }

  func addressNotice(_ address: String) -> Notice {
    let key = keyMap.label(of: .openDashboard, in: inputContext)
    return Notice(.note, "The dashboard page is \(address)", nextStep: key.map { "\($0) again copies it" })
  }
}
