import Cloudflare

extension BudgetState {
  /// How long nothing is let through from then on.
  func blocked(at instant: ContinuousClock.Instant) -> Duration {
    max(.zero, blockedUntil.map { instant.duration(to: $0) } ?? .zero)
  }
}
