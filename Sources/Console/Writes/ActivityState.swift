import Cloudflare
import FoundationEssentials

/// What is known of writes: those of this run, of earlier ones, and of other consoles.
struct ActivityState: Sendable, Equatable {
  /// How one write stands.
  enum Status: Sendable, Equatable {
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
  /// The reading that is under way.
  var reading: RequestToken?
  /// Writes on their way from here.
  var sending: Set<WriteIntent.ID> = []
  /// Writes whose outcome the journal is taking down.
  var recording: Set<WriteIntent.ID> = []
  /// What is known of the processes of writes that are not known to be over.
  var lives: [WriteIntent.ID: ProcessIdentity.Life] = [:]
  var sendingElsewhere: Set<WriteIntent.ID> = []
  /// Being looked up.
  var resolving: [WriteIntent.ID: RequestToken] = [:]
  /// Looked up again by themselves, as long as they may still act.
  var watches: [WriteIntent.ID: Watch] = [:]
  /// When it was first seen here that nobody will write down what became of a write.
  var lostOn: [WriteIntent.ID: Date] = [:]
  /// Those of them that nobody has asked for.
  var inBackground: Set<WriteIntent.ID> = []
  /// To be looked up as soon as others have been.
  var queue: [WriteIntent.ID] = []
  /// Why looking up left a write unknown.
  var findings: [WriteIntent.ID: Resolution] = [:]
  /// Outcomes that the journal has not taken.
  var unrecorded: [WriteIntent.ID: WriteOutcome] = [:]
  /// What came of the writes that were looked up because the console started.
  var report: StartReport?
  /// The screen of all writes, when it is open.
  var screen: ActivityScreen?

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

  init() {}

  /// Until when a write of which it is not known what became may still act on the server.
  ///
  /// A clock that was put back must not make anybody wait for the time that it showed.
  func mayActUntil(_ entry: WriteHistory.Entry, at now: Date) -> Date {
    if let outcome = entry.outcome {
      let time = outcome.mayActUntil?.timeIntervalSince(outcome.date) ?? Flight.afterSilence
      return min(outcome.date, now) + min(max(0, time), Flight.afterSilence)
    }
    // Nobody has noted down when it was lost: at the latest when a console holds no request any longer.
    let lost = min(lostOn[entry.id] ?? now, min(entry.intent.date, now) + Flight.longestCall)
    return lost + (lives[entry.id] == .ended ? Flight.afterBreak : Flight.afterSilence)
  }

  func status(of entry: WriteHistory.Entry) -> Status {
    switch entry.outcome?.kind {
    case .confirmed: .confirmed
    case .refused: .refused
    case .notDone: .notDone
    case .dismissed: .dismissed
    case .unknown: .unknown
    case nil:
      sending.contains(entry.id)
        ? .sending : sendingElsewhere.contains(entry.id) ? .sendingElsewhere : .unknown
    }
  }

  /// Why a write may not be sent, as far as it is known here. The last word is the journal's: it looks at what all
  /// consoles have written down when it takes the intent.
  func blocker(to intent: WriteIntent) -> JournalProblem? {
    history.openEntry(repeatedBy: intent).map { .repeats($0.intent) }
  }

  /// What a look-up found that left the write unknown, for people.
  func finding(of id: WriteIntent.ID) -> String? {
    switch findings[id] {
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
