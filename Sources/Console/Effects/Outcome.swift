import Cloudflare

/// What comes of an action: what is to be done outside, and what has happened that others have to hear of.
struct Outcome: Sendable, Equatable {
  var effects: [Effect] = []
  var events: [Event] = []

  static let none = Outcome()

  static func effects(_ effects: Effect...) -> Outcome { Outcome(effects: effects) }

  static func events(_ events: Event...) -> Outcome { Outcome(events: events) }

  static func notice(_ kind: Notice.Kind, _ text: String, nextStep: String? = nil) -> Outcome {
    Outcome(events: [.notice(Notice(kind, text, nextStep: nextStep))])
  }

  static func + (one: Outcome, two: Outcome) -> Outcome {
    Outcome(effects: one.effects + two.effects, events: one.events + two.events)
  }

  static func += (one: inout Outcome, two: Outcome) {
    one.effects += two.effects
    one.events += two.events
  }
}

/// What has happened in a model or on a screen. The root applies it, once.
enum Event: Sendable, Equatable {
  case open(Opening)
  /// The screen that says so goes.
  case close
  /// The form goes, and what was typed into it is kept for the next time.
  case closeKeepingDraft
  /// A command was chosen, to be carried out where the palette was asked for.
  case perform(Command, in: InputContext)

  case notice(Notice)
  /// A message that gives way to what is told already.
  case backgroundNotice(Notice)
  case clearNotice
  /// This message, and no other, is out of date.
  case withdraw(Notice)

  /// An account was read, and is now like this.
  case read(Account)
  case created(Account)
  /// An account counts as created here, though nobody has waited for it.
  case adopted(Account)
  case deleted(Account.ID)
  /// The server was asked for accounts by name or ID, and has these.
  case found([Account])
  /// What was found is of no use any more, but for one.
  case forgetFound(keeping: Account.ID?)
  case refresh(Accounts.Refresh)
  case loadAll
  case stopLoadingAll
  case inventory(Account.ID, InventoryNeed)
  case readTenancy
  /// What was typed for an account and not sent; `nil` when nothing is to be kept.
  case edits(Account.ID, AccountEdits?)

  case readJournal
  case lookUp(WriteIntent.ID)
  case adopt(WriteIntent.ID)
  case dismiss(WriteIntent.ID)
  /// A person leaves an account as it was created.
  case leaveRequirement(of: Account.ID)
  /// It is known what became of a write.
  case concluded(Conclusion)
}

/// What is to be opened in front.
enum Opening: Sendable, Equatable {
  case create
  case edit(Account)
  case delete(Account)
  case json(Account)
  case activity
  case help
  case palette
}

/// What is known in the end of a write that was looked up.
struct Conclusion: Sendable, Equatable {
  var id: WriteIntent.ID
  var kind: WriteOutcome.Kind
  /// The account that was written to or has come of it, where it was read.
  var account: Account?
  /// Whether a person has decided it. No further write follows by itself then.
  var isByHand = false
}
