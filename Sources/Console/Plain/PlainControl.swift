import Terminal

/// Passes on what the store asks of a terminal, as far as there is something to it without a screen.
@MainActor
final class PlainControl: TerminalControl {
  private let device: any LineDevice
  private var dropped = 0
  private(set) var hasStopped = false

  init(device: any LineDevice) {
    self.device = device
  }

  /// How many lines were dropped since this was last asked.
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
