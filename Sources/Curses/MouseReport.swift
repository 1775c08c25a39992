import Terminal

extension MouseEvent {
  /// The event of a report `ESC [ < button ; column ; row M`, in the form of mode 1006.
  ///
  /// - Returns: `nil` for releases, other buttons, presses with Shift, Alt or Control, and anything else.
  init?(_ parameters: [UInt8], final: UInt8) {
    guard final == UInt8(ascii: "M"), parameters.first == UInt8(ascii: "<") else { return nil }
    let numbers = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2],
      column > 0, row > 0
    else { return nil }
    let kind: Kind? =
      switch button {
      case 0: .press
      case 64: .wheelUp
      case 65: .wheelDown
      default: nil
      }
    guard let kind else { return nil }
    self.init(kind, at: Position(column: column - 1, row: row - 1))
  }
}
