import Cloudflare
import Terminal

extension State {
  mutating func reduceCopying(_ command: Command) -> [Effect] {
    switch command {
    case .copyID: copyID()
    case .copyName: copyName()
    case .copyReceipt: copyReceipt()
    case .openDashboard: openDashboard()
    default: []
    }
  }

  mutating func reduce(_ action: ClipboardAction) -> [Effect] {
    switch action {
    case .copied(let copied, let route):
      let what = copied.name.prefix(1).uppercased() + copied.name.dropFirst()
      let omitted =
        copied.omitted == 0 ? "" : ", without \(Wording.count(copied.omitted, "control", "controls")) in it"
      switch route {
      case .program(let program): notice = Notice(.success, "Copied \(copied.name) by \(program)\(omitted)")
      case .terminal(let note):
        notice = Notice(
          .success, "Copied \(copied.name) by OSC 52\(omitted)",
          nextStep: note ?? "if pasting brings something else, the terminal does not allow it")
      case nil:
        notice = Notice(
          .failure, "\(what) could not be copied: neither a program nor the terminal takes it",
          nextStep: "select it on the screen")
      }
    case .opened(let address, true): notice = Notice(.note, "Opened \(address)")
    case .opened(let address, false): notice = addressNotice(address)
    }
    return []
  }

  /// The account that is looked at.
  private var subject: Account? {
    if case .delete(let deletion) = dialog { return deletion.account }
    return raw?.account ?? browse.selectedAccount
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
    if !browse.list.isLoaded, let ray = browse.failures[1]?.ray, !ray.isEmpty {
      return [.copy(ClipboardText("the cf-ray", ray))]
    }
    return explainMissingSelection()
  }

  /// All that is known of a write, line by line.
  private mutating func copyReceipt() -> [Effect] {
    let entry: WriteHistory.Entry? =
      switch dialog {
      case .delete(let deletion): (deletion.unresolvedWrite ?? deletion.intent?.id).flatMap(activity.history.entry)
      case .create, .edit: dialog?.unresolvedWrite.flatMap(activity.history.entry)
      case nil: activity.screen.flatMap(selectedEntry)
      }
    guard let entry else {
      if case .delete = dialog { return copyID() }
      notice = Notice(.note, "There is no write to copy")
      return []
    }
    let lines = entryText(of: entry).compactMap { block -> String? in
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
    guard !account.id.isEmpty, account.id.utf8.allSatisfy(\.isPlainInAddresses) else {
      notice = Notice(.warning, "There is no dashboard page for an ID like \(account.id)")
      return []
    }
    let address = "https://dash.cloudflare.com/\(account.id)"
    if notice == addressNotice(address) { return [.copy(ClipboardText("the address", address))] }
    return [.openAddress(address)]
  }

  private func addressNotice(_ address: String) -> Notice {
    let key = keyMap.label(of: .openDashboard, in: inputContext)
    return Notice(.note, "The dashboard page is \(address)", nextStep: key.map { "\($0) again copies it" })
  }
}

extension UInt8 {
  /// ASCII letters, digits, dash and underscore.
  fileprivate var isPlainInAddresses: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
