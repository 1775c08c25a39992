import CNcurses
import Glibc

/// Reads what the terminal sends, and finds in it the keys that terminfo lists.
///
/// It does what ncurses' `wgetch` does, with one system call for all that has arrived instead of two for each byte. It
/// hands out bytes, not `get_wch`'s characters: that one drops a character of which only a part has arrived, and after
/// a byte that is not UTF-8 everything up to the next pause.
struct InputReader {
  /// How long the rest of a key may take, in milliseconds.
  let escapeDelay: Int32
  private let descriptor: Int32
  /// Made when the first input arrives: no start has to wait for it.
  private lazy var sequences = KeySequences.ofTerminal
  private var bytes: [UInt8] = []
  private var position = 0
  /// Whether there is something to read; `nil` when the system has to be asked.
  private var isReadable: Bool?

  /// Whether reading has failed for good: nothing more will come.
  private(set) var hasFailed = false

  private static let capacity = 4096

  init(descriptor: Int32, escapeDelay: Int32) {
    self.descriptor = descriptor
    self.escapeDelay = escapeDelay
  }

  /// Tells that something has arrived, so that the system need not be asked.
  mutating func noteReadable() {
    isReadable = true
  }

  /// Takes the next byte or key that has arrived, or `nil` when there is none.
  mutating func next() -> InputToken? {
    guard position < bytes.count || read(within: 0) else {
      isReadable = nil
      return nil
    }
    while true {
      switch sequences.match(bytes[position...]) {
      case .key(let code, let length):
        position += length
        return .key(code)
      case .beginning where read(within: escapeDelay): continue
      case .beginning, .none:
        position += 1
        return .byte(bytes[position - 1])
      }
    }
  }

  /// Takes all bytes that have arrived, whatever they are, or `nil` when there are none.
  mutating func nextBytes() -> ArraySlice<UInt8>? {
    guard position < bytes.count || read(within: 0) else {
      isReadable = nil
      return nil
    }
    defer { position = bytes.count }
    return bytes[position...]
  }

  /// Reads more, behind what is there.
  ///
  /// - Parameter patience: how long to wait for it, in milliseconds.
  /// - Returns: whether there was more.
  private mutating func read(within patience: Int32) -> Bool {
    if isReadable == false, patience == 0 { return false }
    if isReadable != true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var found = poll(&waiting, 1, patience)
      // A signal is no pause within the bytes of one key.
      while found < 0, errno == EINTR { found = poll(&waiting, 1, patience) }
      guard found > 0 else {
        isReadable = false
        return false
      }
    }
    bytes.removeFirst(position)
    position = 0
    let count = withUnsafeTemporaryAllocation(byteCount: Self.capacity, alignment: 1) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 {
        bytes.append(contentsOf: buffer.prefix(count))
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        hasFailed = true
      }
      return count
    }
    // Less than could have been read is all that there is.
    isReadable = count == Self.capacity ? nil : false
    return count > 0
  }
}
