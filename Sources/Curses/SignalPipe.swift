import CNcurses
import Glibc

/// The signals that have arrived, as bytes to poll for.
struct SignalPipe {
  let readEnd: Int32
  private let writeEnd: Int32

  /// Takes the signals over. To be made before ncurses starts, which takes those that still have their default.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    readEnd = ends[0]
    writeEnd = ends[1]
    let isPrepared = ends.allSatisfy { fcntl($0, F_SETFL, O_NONBLOCK) == 0 && fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
    guard isPrepared, cn_signals_watch(writeEnd) else {
      close()
      return nil
    }
  }

  /// Takes the numbers of the signals that have arrived, oldest first.
  func read() -> [Int32] {
    var signals: [Int32] = []
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      while true {
        let count = Glibc.read(readEnd, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        signals.append(contentsOf: buffer.prefix(count).map(Int32.init))
      }
    }
    return signals
  }

  /// Gives the signals back.
  func close() {
    cn_signals_unwatch()
    Glibc.close(readEnd)
    Glibc.close(writeEnd)
  }
}
