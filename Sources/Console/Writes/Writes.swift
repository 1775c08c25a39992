import Cloudflare
import FoundationEssentials

/// What is known of writes: those of this run, of earlier ones, and of other consoles. It knows no screen.
struct Writes: Sendable, Equatable {
  /// How one write stands.
  enum Verdict: Sendable, Equatable {
    /// On its way from here.
    case sending
    /// On its way from another console that is running.
    case sendingElsewhere
    case unknown
    case confirmed
    case refused
    case notDone
    case dismissed
  }

  /// The writes, as far as the journal has been read.
  var history = WriteHistory()
  /// Whether the journal has been read.
  var isRead = false
  /// Why it could not be read the last time.
  var problem: JournalProblem?
  var warnings = JournalWarnings()
  /// Whether the journal is being read.
  var isReading = false
  private var tracked: [WriteIntent.ID: Tracking] = [:]
  /// Writes whose look-ups start when others have ended.
  var queue: [WriteIntent.ID] = []
  /// What came of the writes that were looked up because the console started.
  var report: StartReport?

  /// What is known of one write beside what the journal says of it.
  struct Tracking: Sendable, Equatable {
    /// Whether it is on its way from here.
    var isSending = false
    var isSendingElsewhere = false
    /// Whether the journal is taking its outcome down.
    var isRecording = false
    /// The outcome that the journal has not taken.
    var unrecorded: WriteOutcome?
    /// Of the process that was to send it.
    var life: ProcessIdentity.Life?
    /// When it was first seen here that nobody will write down what became of it.
    var lostOn: Date?
    /// Whether it is being looked up.
    var isLookedUp = false
    /// Whether the look-up runs without a person waiting for it.
    var isInBackground = false
    /// It is looked up again by itself, as long as it may still act.
    var watch: Watch?
    /// Why looking it up left it unknown.
    var finding: Resolution?
  }

  /// A look-up that goes on until the write can act no more.
  struct Watch: Sendable, Equatable {
    /// Until when it may act. What a reading that begins later does not find, has not happened.
    var until: Date
    /// When the newest reading began.
    var lookedAt: Date
    /// Seconds to the next one.
    var pause: TimeInterval = 1

    /// Seconds between two readings at most.
    static let longestPause: TimeInterval = 30
  }

  struct StartReport: Sendable, Equatable {
    var waiting: Set<WriteIntent.ID>
    var happened = 0
    var notDone = 0
    var open = 0
  }

  subscript(id: WriteIntent.ID) -> Tracking {
    get { tracked[id] ?? Tracking() }
    set { tracked[id] = newValue == Tracking() ? nil : newValue }
  }

  /// Whether a write is on its way from here.
  var isSending: Bool { tracked.values.contains(where: \.isSending) }

  /// Whether the journal is taking an outcome down.
  var isRecording: Bool { tracked.values.contains(where: \.isRecording) }

  /// The writes that are being looked up.
  var lookUps: [WriteIntent.ID] { tracked.filter(\.value.isLookedUp).keys.sorted() }

  /// Outcomes that the journal has not taken.
  var unrecorded: [WriteIntent.ID: WriteOutcome] { tracked.compactMapValues(\.unrecorded) }

  /// Takes in what a reading of the journal says of the processes that send writes.
  mutating func receive(_ lives: [WriteIntent.ID: ProcessIdentity.Life], of open: [WriteHistory.Entry], at date: Date) {
    for id in tracked.keys {
      self[id].life = nil
      self[id].isSendingElsewhere = false
    }
    for entry in open {
      let life = lives[entry.id]
      self[entry.id].life = life
      self[entry.id].isSendingElsewhere =
        entry.outcome == nil && life == .running && !self[entry.id].isSending
        && date < entry.intent.date + Flight.longestCall
      if entry.outcome == nil, self[entry.id].lostOn == nil, verdict(of: entry) == .unknown {
        self[entry.id].lostOn = date
      }
    }
  }

  /// Gives up every look-up.
  mutating func giveUpLookUps(_ error: CloudflareError) -> [Effect] {
    queue = []
    report = nil
    let given = lookUps
    for id in given {
      self[id].finding = .unreadable(error)
      self[id].isLookedUp = false
    }
    for id in tracked.keys { self[id].isInBackground = false }
    return given.map { .cancel(.lookUp($0)) }
  }

  /// Until when a write of which it is not known what became may still act on the server.
  ///
  /// Dates after `now` count as `now`, so that a clock that was put back does not lengthen the wait.
  func mayActUntil(_ entry: WriteHistory.Entry, at now: Date) -> Date {
    if let outcome = entry.outcome {
      let time = outcome.mayActUntil?.timeIntervalSince(outcome.date) ?? Flight.afterSilence
      return min(outcome.date, now) + min(max(0, time), Flight.afterSilence)
    }
    // Nobody has noted down when it was lost: at the latest when a console holds no request any longer.
    let lost = min(self[entry.id].lostOn ?? now, min(entry.intent.date, now) + Flight.longestCall)
    return lost + (self[entry.id].life == .ended ? Flight.afterBreak : Flight.afterSilence)
  }

  /// What is said before leaving cuts a write off from its answer.
  static let leavingWarning = Notice(
    .warning, "A write is on its way: the same key again leaves",
    nextStep: "what becomes of it is looked up at the next start only")

  /// What is said before leaving cuts an outcome off from the journal, which takes milliseconds on a disk that is well.
  static let recordingWarning = Notice(
    .warning, "What became of a write is being kept: the same key again leaves",
    nextStep: "it is looked up at the next start only")

  /// What leaving would cut off now; `nil` for nothing.
  var leavingWarning: Notice? { isSending ? Self.leavingWarning : isRecording ? Self.recordingWarning : nil }

  func verdict(of entry: WriteHistory.Entry) -> Verdict {
    switch entry.outcome?.kind {
    case .confirmed: .confirmed
    case .refused: .refused
    case .notDone: .notDone
    case .dismissed: .dismissed
    case .unknown: .unknown
    case nil:
      self[entry.id].isSending ? .sending : self[entry.id].isSendingElsewhere ? .sendingElsewhere : .unknown
    }
  }

  /// Why a write may not be sent, as far as it is known here. The last word is the journal's: it looks at what all
  /// consoles have written down when it takes the intent.
  func blocker(to intent: WriteIntent) -> JournalProblem? {
    history.openEntry(repeatedBy: intent).map { .repeats($0.intent) }
  }

  /// What a look-up found that left the write unknown, for people.
  func finding(of id: WriteIntent.ID) -> String? {
    switch self[id].finding {
    case .candidates(let accounts):
      let ids = accounts.prefix(4).map(\.id).joined(separator: ", ") + (accounts.count > 4 ? " …" : "")
      guard accounts.count == 1, let account = accounts.first else {
        return "\(accounts.count) accounts may have come of it, or none of them: \(ids)"
      }
      let created = account.createdOn.map { ", created \(Wording.minute($0))" } ?? ""
      return "This account may have come of it, or somebody else has made it: \(account.name), \(ids)\(created)"
    case .unreadable(let error): return "It could not be looked up: \(error.explanation)"
    case .contradictory(let reason): return "The answer proves nothing: \(reason)."
    case .notVisible: return "Nothing of it can be seen as who is signed in now, which proves nothing."
    case .tooMany: return "Too many accounts match the name to go through them all."
    case .confirmed, .notFound, nil: return nil
    }
  }
}
