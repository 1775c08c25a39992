/// Why a test could not go on, in words that are enough to start looking.
struct HarnessFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
