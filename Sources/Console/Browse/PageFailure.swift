import Cloudflare

extension State {
  /// Tells that a page that is not there, or is old, did not come.
  mutating func tellFailure(_ error: CloudflareError, of page: Int) {
    let next =
      browse.loadAll == nil ? listAdvice(.refresh, "tries again") : listAdvice(.loadAll, "goes on")
    let age = asOf([page])
    let what = age.map { "The list \($0) could not be refreshed" } ?? "Page \(page) did not come"
    let told = Notice(.failure, "\(what): \(error.explanation)", nextStep: error.nextStep ?? next)
    browse.toldFailure = told
    notice = told
  }

  /// Takes that message away, and no other, when every page that had failed has come or is asked for again.
  mutating func forgetFailure() {
    guard browse.failures.isEmpty else { return }
    if notice == browse.toldFailure { notice = nil }
    browse.toldFailure = nil
  }

  /// How the list is read again from where a person is.
  var stepToReadList: String? { listAdvice(.refresh, "reads the list again") }
}
