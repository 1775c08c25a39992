import Cloudflare
import FoundationEssentials

/// Keeps what is about to be written to the server, and what became of it, beyond the end of the program.
protocol WriteJournal: Sendable {
  /// Whose writes it notes down.
  var process: ProcessIdentity { get }

  /// Everything that the journal tells, other consoles' writes among it.
  func read() async throws(JournalProblem) -> JournalReading

  /// Notes an intent down. When this returns, the intent outlasts the program and the machine's power, and the request
  /// may leave; when it throws, the request must not.
  func begin(_ intent: WriteIntent) async throws(JournalProblem)

  /// Notes down what became of a write, or what is known of it by now.
  func finish(_ id: WriteIntent.ID, _ outcome: WriteOutcome) async throws(JournalProblem)
}

/// Where the journal is kept.
public enum JournalPlace: Sendable {
  case file(path: String)
  /// It ends with the program.
  case memory
  /// There is none, so nothing is sent.
  case missing

  var journal: any WriteJournal {
    switch self {
    case .file(let path): FileJournal(path: path)
    case .memory: MemoryJournal()
    case .missing: MissingJournal()
    }
  }
}

/// What a reading of the journal brought.
struct JournalReading: Sendable, Equatable {
  var history: WriteHistory
  /// Of the writes that are not known to be over: what is known of the process that sends them.
  var lives: [WriteIntent.ID: ProcessIdentity.Life] = [:]
  var warnings = JournalWarnings()

  /// A reading of a journal in which nothing has been written.
  static let empty = JournalReading(history: WriteHistory())
}

/// What in the journal's file cannot be used, and is kept all the same.
struct JournalWarnings: Sendable, Equatable {
  /// Lines in the file that cannot be read.
  var unreadableLines = 0
  /// Lines that were cut off at the end, as by a crash, and are now in a file of their own.
  var setAside = 0
  /// That file.
  var setAsidePath: String?
}

/// Why the journal does not do what is asked of it.
enum JournalProblem: Error, Sendable, Equatable {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// Another console has held the file for longer than anybody should.
  case busy(path: String)
  /// There is nowhere to keep it.
  case noPlace
  /// The same write is under way, or may have happened: this is what it repeats.
  case repeats(WriteIntent)
  /// An earlier try of the same write could not be looked for once more.
  case cannotLookUp(CloudflareError)
  /// The console was started so that it writes nothing to the server.
  case closed

  /// What is wrong, for people.
  var message: String {
    switch self {
    case .cannotRead(let path, let reason): "The journal \(path) cannot be read: \(reason)."
    case .cannotWrite(let path, let reason): "The journal \(path) cannot be written: \(reason)."
    case .busy(let path): "The journal \(path) is held by another program."
    case .noPlace: "There is no place for the journal: neither XDG_STATE_HOME nor HOME names a directory."
    case .repeats(let intent):
      "What became of the same \(intent.operation.kind.noun), begun \(Wording.minute(intent.date)), is not known yet."
    case .cannotLookUp(let error): "The earlier try could not be looked for once more: \(error.explanation)"
    case .closed: "This console was started so that it sends nothing that writes."
    }
  }

  /// What to do about it.
  var nextStep: String {
    switch self {
    case .cannotRead, .cannotWrite: "Put that right, then try again: nothing is sent that is not written down first."
    case .busy: "Look for a stopped console (jobs, ps), then try again."
    case .noPlace: "Set one of them, then start again: nothing is sent that is not written down first."
    case .repeats: "That has to be found out first."
    case .cannotLookUp: "Try again: it is not sent twice without looking."
    case .closed: "Start it without --read-only and --dry-run."
    }
  }
}

extension WriteOperation.Kind {
  /// What readings have shown of a write that may still act.
  var nothingSoFar: String {
    switch self {
    case .create: "Not found so far"
    case .update: "Not as it was to be so far"
    case .delete: "Still there so far"
    }
  }

  var noun: String {
    switch self {
    case .create: "creation"
    case .update: "change"
    case .delete: "deletion"
    }
  }
}
