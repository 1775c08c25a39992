import Cloudflare
import Terminal

extension State {
  mutating func openRaw() -> [Effect] {
    guard let account = browse.selectedAccount else { return explainMissingSelection() }
    notice = nil
    return readRaw(of: account)
  }

  mutating func reduceRaw(_ command: Command) -> [Effect] {
    guard var raw else { return [] }
    switch command {
    case .cancel: return closeRaw()
    case .refresh: return readRaw(of: raw.account)
    default:
      let area = rawArea
      raw.scroll = scrolled(raw.scroll, command, rows: area.height, lines: rawLines(of: raw).count)
      self.raw = raw
      return []
    }
  }

  mutating func closeRaw() -> [Effect] {
    defer { raw = nil }
    guard case .loading = raw?.phase else { return [] }
    return [.cancel(.rawAccount)]
  }

  mutating func reduce(_ action: RawAction) -> [Effect] {
    switch action {
    case .answered(let token, let result):
      guard var raw, raw.phase == .loading(token) else { return [] }
      switch result {
      case .success(let answer): raw.show(answer)
      case .failure(let error): raw.phase = .failed(error)
      }
      self.raw = raw
      return []
    }
  }

  private mutating func readRaw(of account: Account) -> [Effect] {
    let token = nextToken()
    raw = RawState(account: account, phase: .loading(token))
    return [.loadRawAccount(id: account.id, token: token)]
  }
}
