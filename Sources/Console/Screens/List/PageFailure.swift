import Cloudflare

extension State {
  /// Tells that a page that is not there, or is old, did not come.
  mutating func showFailure(_ error: CloudflareError, of page: Int) {
    let next =
      browse.loadAll == nil ? listHint(.refresh, "tries again") : listHint(.loadAll, "goes on")
    let age = asOf([page])
    let what = age.map { "The list \($0) could not be refreshed" } ?? "Page \(page) did not come"
    let shown = Notice(.failure, "\(what): \(error.explanation)", nextStep: error.nextStep ?? next)
    browse.shownFailure = shown
    notice = shown
  }

  /// Takes that message away, and no other, when every page that had failed has come or is asked for again.
  mutating func forgetFailure() {
    guard browse.failures.isEmpty else { return }
    if notice == browse.shownFailure { notice = nil }
    browse.shownFailure = nil
  }

  /// How the list is read again from where a person is.
  var stepToReadList: String? { listHint(.refresh, "reads the list again") }
}
