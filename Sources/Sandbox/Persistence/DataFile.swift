import Glibc
import Synchronization

/// A file that keeps every change: a header line, then a line for each, on disk before the change is confirmed.
///
/// A process that is killed loses at most the line it was writing, which shows by its missing line break and is dropped
/// at the next start. Anything else that is not as it was written makes the file refused, and leaves it untouched.
final class DataFile: Sendable {
  /// What the file says the accounts are made from.
  struct Header: Sendable, Equatable {
    var accounts: Int
    var seed: UInt64
  }

  private struct Tail {
    var length: Int
    var checksum: UInt32
    /// Set when nothing may follow: the file was closed, or a half-written line could not be taken back.
    var isClosed = false
  }

  private let path: String
  private let descriptor: FileDescriptor
  private let tail: Mutex<Tail>

  private init(path: String, descriptor: FileDescriptor, tail: Tail) {
    self.path = path
    self.descriptor = descriptor
    self.tail = Mutex(tail)
  }

  /// Adds a change and waits until it is on disk.
  ///
  /// - Throws: ``SandboxError/cannotUse(dataFile:reason:)``; the file is then as it was before.
  func append(_ change: AccountChange) throws(SandboxError) {
    try tail.withLock { tail throws(SandboxError) in
      guard !tail.isClosed else { throw .cannotUse(dataFile: path, reason: "it is closed, or an earlier write failed") }
      let (line, checksum) = DataLine.write(change.json, after: tail.checksum)
      do throws(SystemError) {
        try descriptor.write(line)
        try descriptor.synchronize()
      } catch {
        do { try descriptor.truncate(to: tail.length) } catch { tail.isClosed = true }
        throw .cannotUse(dataFile: path, reason: error.description)
      }
      tail.length += line.count
      tail.checksum = checksum
    }
  }

  /// Takes no more changes, and lets others have the file.
  func close() {
    tail.withLock { tail in
      tail.isClosed = true
      descriptor.unlock()
    }
  }

  /// Opens a data file, or makes one, and reads what it keeps.
  ///
  /// - Parameters:
  ///   - accounts: what the header must say, and what a new file gets; `nil` takes what it says, or the default.
  ///   - seed: the same.
  static func open(
    _ path: String, accounts: Int?, seed: UInt64?, deletionDelay: Duration
  ) throws(SandboxError) -> (file: DataFile, state: AccountState) {
    do throws(SystemError) {
      let wanted = Header(
        accounts: accounts ?? SandboxOptions.defaultAccounts, seed: seed ?? SandboxOptions.defaultSeed)
      try FileDescriptor.createIfMissing(path, content: DataLine.write(json(wanted), after: 0).line)
      let descriptor = try FileDescriptor(locking: path)
      let bytes = try descriptor.read(limit: sizeLimit)
      if bytes.isEmpty {
        // Somebody made an empty file for us, as mktemp does.
        let state = AccountState(
          catalog: Catalog(seed: wanted.seed, count: wanted.accounts), deletionDelay: deletionDelay)
        return (try replace(path, with: state), state)
      }
      let content = try DataContent(bytes, path: path, deletionDelay: deletionDelay)
      if let accounts, accounts != content.header.accounts {
        throw SystemError.refused(.otherOptions(dataFile: path, reason: "\(content.header.accounts) accounts"))
      }
      if let seed, seed != content.header.seed {
        throw SystemError.refused(.otherOptions(dataFile: path, reason: "seed \(content.header.seed)"))
      }
      if content.changes > 2 * content.state.changes.count + 1_000 {
        return (try replace(path, with: content.state), content.state)
      }
      if content.length < bytes.count { try descriptor.truncate(to: content.length) }
      let tail = Tail(length: content.length, checksum: content.checksum)
      return (DataFile(path: path, descriptor: descriptor, tail: tail), content.state)
    } catch {
      throw error.sandboxError(path)
    }
  }

  /// Writes the state to a new file and puts that in place of the old one.
  private static func replace(_ path: String, with state: AccountState) throws(SystemError) -> DataFile {
    var (content, checksum) = DataLine.write(
      json(Header(accounts: state.catalog.count, seed: state.catalog.seed)), after: 0)
    for change in state.changes {
      let (line, next) = DataLine.write(change.json, after: checksum)
      content += line
      checksum = next
    }
    let descriptor = try FileDescriptor.replacing(path, content: content)
    return DataFile(path: path, descriptor: descriptor, tail: Tail(length: content.count, checksum: checksum))
  }

  private static func json(_ header: Header) -> JSON {
    [
      "format": .string(DataContent.format), "version": .integer(DataContent.version),
      "accounts": .integer(header.accounts), "seed": .string(String(header.seed)),
    ]
  }

  /// More than a data file can sensibly have, in bytes.
  private static let sizeLimit = 1 << 30
}
