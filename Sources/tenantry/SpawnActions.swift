import Glibc

extension posix_spawn_file_actions_t {
  /// Closes everything but the standard descriptors in the program to be started. Not every library marks what it opens
  /// to be closed by itself: sockets of SwiftNIO are not, and one that somebody else holds stays connected.
  ///
  /// To be called behind what places the standard descriptors.
  mutating func closeOthers() {
    // One by one, since what closes all at once is for GNU sources only. Closing what is not open is no error here.
    for descriptor in Int32(3)..<256 { posix_spawn_file_actions_addclose(&self, descriptor) }
  }
}
