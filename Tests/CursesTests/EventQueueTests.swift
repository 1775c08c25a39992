import Terminal
import Testing

@testable import Curses

@Suite("EventQueue")
struct EventQueueTests {
  private func rest(of queue: EventQueue) -> [TerminalEvent] {
    var queue = queue
    var events: [TerminalEvent] = []
    while let event = queue.popFirst() { events.append(event) }
    return events
  }

  @Test("Events come out in the order in which they went in, and only the last of several sizes")
  func order() {
    var queue = EventQueue()
    #expect(queue.isEmpty && queue.popFirst() == nil)
    queue.append(contentsOf: [.key(.up), .key(.down)])
    queue.appendResize(Size(width: 1, height: 1))
    queue.append(contentsOf: [.paste("x")])
    queue.appendResize(Size(width: 2, height: 2))
    queue.append(contentsOf: [])
    #expect(queue.count == 4)
    #expect(rest(of: queue) == [.key(.up), .key(.down), .paste("x"), .resize(Size(width: 2, height: 2))])
  }

  @Test("Dropping input leaves what the terminal and the system tell")
  func removal() {
    var queue = EventQueue()
    let size = Size(width: 1, height: 1)
    queue.append(contentsOf: [
      .key(.enter), .terminate, .paste("x"), .focusLost, .hangup, .key(.escape), .resumed(size), .resize(size),
      .focusGained,
    ])
    queue.removeInput()
    #expect(rest(of: queue) == [.terminate, .focusLost, .hangup, .resumed(size), .resize(size), .focusGained])
  }
}
