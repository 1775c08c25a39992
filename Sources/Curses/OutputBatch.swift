import CNcurses
import Glibc

/// Sends each update of the screen to the terminal in one piece.
///
/// ncurses flushes at every movement of the cursor, so that a frame goes out in dozens of writes, each of which wakes the
/// terminal and may show a half of it. During an update its output goes to a file in memory instead.
struct OutputBatch {
  /// The descriptor that ncurses writes to.
  private let output: Int32
  /// The file in memory; −1 when the system gives none, and ncurses writes to the terminal as it always does.
  private let memory: Int32
  private let device: TerminalDevice

  init(output: Int32, device: TerminalDevice) {
    self.output = output
    self.device = device
    memory = cn_memory_file()
  }

  /// Runs `draw`, and sends what it made ncurses write, between `beginning` and `end`.
  func send(beginning: String, end: String, _ draw: () -> Void) {
    guard memory >= 0, cn_redirect(output, memory) else {
      device.write(beginning)
      draw()
      device.write(end)
      return
    }
    draw()
    _ = cn_redirect(output, device.descriptor)
    let count = max(0, lseek(memory, 0, SEEK_CUR))
    lseek(memory, 0, SEEK_SET)
    let capacity = beginning.utf8.count + count + end.utf8.count
    withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { buffer in
      var length = 0
      for byte in beginning.utf8 { (buffer[length], length) = (byte, length + 1) }
      length += max(0, pread(memory, buffer.baseAddress.map { $0 + length }, count, 0))
      for byte in end.utf8 { (buffer[length], length) = (byte, length + 1) }
      device.write(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
    }
  }

  /// Sends something that belongs to no update.
  func sendAtOnce(_ text: String) {
    device.write(text)
  }

  func close() {
    if memory >= 0 { Glibc.close(memory) }
  }
}
