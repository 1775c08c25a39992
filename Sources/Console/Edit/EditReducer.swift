import Cloudflare

extension State {
  mutating func reduce(_ action: ChangeAction) -> [Effect] {
    switch action {
    case .answered(let token, let result):
      guard case .create(let form) = dialog, form.created != nil, form.phase == .sending(token) else { return [] }
      return followRequirement(form, result)
    }
  }
}
