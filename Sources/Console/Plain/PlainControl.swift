import Terminal

/// Handles the requests of the store to a terminal that make sense without a screen.
@MainActor
final class PlainControl: TerminalControl {
  private let device: any LineDevice
  private var dropped = 0
  private(set) var hasStopped = false

  init(device: any LineDevice) {
    self.device = device
  }

  /// The number of lines dropped since the last call.
  func takeDropped() -> Int {
    defer { dropped = 0 }
    return dropped
  }

  func discardTypedAhead() { dropped += device.discardTypedAhead() }
  func redraw() {}
  func copy(_ text: String) -> Bool { false }
  func suspend() { device.suspend() }
  func stop() { hasStopped = true }
}
