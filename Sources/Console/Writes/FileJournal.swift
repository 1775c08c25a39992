import FoundationEssentials
import Glibc

/// The journal as a file of lines, shared by all consoles of a person.
///
/// Each use locks the file, takes in what other consoles have appended since, and appends by one write: no line is ever
/// lost between two others, and of two consoles that begin the same write only one gets to send it.
actor FileJournal: WriteJournal {
  /// `nil` for this process, whose identity is read only when it is needed.
  private nonisolated let otherProcess: ProcessIdentity?
  private let path: String
  private let calls: JournalCalls
  /// How long another console may hold the file. It does so for milliseconds, unless it is stopped right then.
  private let lockTimeout: Duration
  private var history = WriteHistory()
  private var warnings = JournalWarnings()
  /// The file that ``history`` was made from, and how far.
  private var source: JournalFile.Identity?
  private var end = 0

  init(
    path: String, process: ProcessIdentity? = nil, calls: JournalCalls = JournalCalls(),
    lockTimeout: Duration = .seconds(5)
  ) {
    self.lockTimeout = lockTimeout
    self.path = path
    otherProcess = process
    self.calls = calls
  }

  nonisolated var process: ProcessIdentity { otherProcess ?? .current }

  func read() async throws(JournalProblem) -> JournalReading {
    if let file = try await open(creating: false) {
      try catchUp(with: file)
    } else {
      startOver()
    }
    countSetAside()
    var lives: [WriteIntent.ID: ProcessIdentity.Life] = [:]
    for entry in history.entries where entry.isOpen { lives[entry.id] = entry.process.life }
    return JournalReading(history: history, lives: lives, warnings: warnings)
  }

  func begin(_ intent: WriteIntent) async throws(JournalProblem) {
    let file = try await openForWriting()
    try catchUp(with: file)
    if let earlier = history.openEntry(repeatedBy: intent) { throw .repeats(earlier.intent) }
    try append(.intent(intent, process), to: file)
  }

  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem) {
    let file = try await openForWriting()
    try catchUp(with: file)
    try append(.outcome(id, outcome), to: file)
  }

  private func openForWriting() async throws(JournalProblem) -> JournalFile {
    guard let file = try await open(creating: true) else {
      throw .cannotWrite(path: path, reason: "it cannot be made")
    }
    return file
  }

  /// Opens and locks the file. Between this and its closing nothing may be awaited.
  private func open(creating: Bool) async throws(JournalProblem) -> JournalFile? {
    let deadline = ContinuousClock.now + lockTimeout
    while true {
      do throws(JournalProblem) {
        return try JournalFile.open(path, creating: creating, calls: calls)
      } catch .busy where ContinuousClock.now < deadline {
        // Waiting in flock itself would take a thread from everybody else. A cancelled task tries again at once, and
        // not for long.
        try? await Task.sleep(for: .milliseconds(5))
        if Task.isCancelled { throw .busy(path: path) }
      }
    }
  }

  private func startOver() {
    history = WriteHistory()
    warnings.unreadableLines = 0
    source = nil
    end = 0
  }

  private func catchUp(with file: JournalFile) throws(JournalProblem) {
    let size = try file.size()
    if file.identity != source || size < end {
      startOver()
      source = file.identity
    }
    end = try file.readLines(from: end) { line in
      guard !line.isEmpty else { return }
      if let record = try? JournalRecord(line: line) {
        history.apply(record)
      } else {
        warnings.unreadableLines += 1
      }
    }
    _ = try file.setAside(from: end, to: asidePath)
  }

  private func append(_ record: JournalRecord, to file: JournalFile) throws(JournalProblem) {
    let line: String
    do { line = try record.line } catch { throw .cannotWrite(path: path, reason: "the line cannot be made") }
    end = try file.append(line)
    history.apply(record)
  }

  private var asidePath: String { path + ".torn" }

  private func countSetAside() {
    warnings.setAside = 0
    warnings.setAsidePath = nil
    let descriptor = Glibc.open(asidePath, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    warnings.setAside = bytes.prefix(max(0, count)).count { $0 == UInt8(ascii: "\n") }
    if warnings.setAside > 0 { warnings.setAsidePath = asidePath }
  }
}
