import NIOCore
import Synchronization

/// Pages of the list of accounts that were written lately: as long as nothing changes, each is the same again.
final class PageCache: Sendable {
  struct Key: Hashable {
    var page: Int
    var perPage: Int
    var direction: SortDirection
  }

  private struct Pages {
    var version = -1
    var bodies: [Key: ByteBuffer] = [:]
  }

  private let pages = Mutex(Pages())

  /// - Parameter version: of the list, as it is now.
  func body(_ key: Key, version: Int) -> ByteBuffer? {
    pages.withLock { $0.version == version ? $0.bodies[key] : nil }
  }

  /// - Parameter version: of the list that the page was made from.
  func keep(_ body: ByteBuffer, _ key: Key, version: Int) {
    pages.withLock { pages in
      if pages.version < version || pages.bodies.count >= Self.limit {
        pages = Pages(version: version)
      }
      if pages.version == version { pages.bodies[key] = body }
    }
  }

  /// Of pages: some two megabytes.
  private static let limit = 64
}
