import CNcurses
// For its library: the two functions below are in no header of it.
import Dispatch
import Glibc

/// The jobs of the main actor, for a main thread that waits for other things too.
enum MainQueue {
  /// Readable while there are jobs; an eventfd that does not block.
  static var descriptor: Int32 { _dispatch_get_main_queue_handle_4CF() }

  /// Runs the jobs that are there. To be called on the main thread.
  static func runJobs() {
    // Read first: the descriptor becomes readable again by jobs that come while these run.
    var count: UInt64 = 0
    read(descriptor, &count, MemoryLayout.size(ofValue: count))
    _dispatch_main_queue_callback_4CF(nil)
  }
}
