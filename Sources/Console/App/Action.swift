import Cloudflare
import Terminal

/// Everything that can happen to the console: what a person does, and what comes back from outside.
enum Action: Sendable, Equatable {
  /// The terminal is open and has this size; `note` is what the person should know of how it is driven.
  case start(Size, note: String? = nil)
  /// A bound key was pressed.
  case command(Command)
  /// A key went to the focused text field.
  case edit(TextEdit)
  /// Keys came at once, as of a paste that the terminal does not mark.
  case burst([Key])
  case mouse(MouseEvent)
  /// Text was pasted.
  case paste(String)
  case resize(Size)
  /// What is typed goes to another window now.
  case focusLost
  /// The program runs again after having been stopped.
  case resume(Size)
  /// Somebody outside ends the program, or the terminal is gone.
  case end
  case browse(BrowseAction)
  case find(FindAction)
  case listCache(ListCacheAction)
  case inventory(InventoryAction)
  case raw(RawAction)
  case create(CreateAction)
  case change(ChangeAction)
  case delete(DeleteAction)
  case activity(ActivityAction)
  case budget(BudgetAction)
  case clipboard(ClipboardAction)
  /// Time has passed while somebody waits.
  case waitIndicator
  case plain(PlainAction)
}

extension Action {
  /// Whether a person did it, or what is between the person and the screen, rather than an answer or the time.
  var isPersons: Bool {
    switch self {
    case .start, .command, .edit, .burst, .mouse, .paste, .resize, .resume, .focusLost, .end: true
    default: false
    }
  }
}

/// The answers that browsing waits for.
enum BrowseAction: Sendable, Equatable {
  case pageAnswered(page: Int, token: RequestToken, Result<AccountPage, CloudflareError>)
  case accountAnswered(id: Account.ID, token: RequestToken, Result<Account, CloudflareError>)
}

/// What happens to inventories without anybody pressing a key.
enum InventoryAction: Sendable, Equatable {
  /// The selection has stayed on this account for a moment.
  case debounced(Account.ID)
  case answered(InventoryRequest, InventoryAnswer)
}

/// The answer that the raw view waits for.
enum RawAction: Sendable, Equatable {
  case answered(token: RequestToken, Result<RawAnswer, CloudflareError>)
}

/// What comes back to the form for a new account.
enum CreateAction: Sendable, Equatable {
  /// The name has not been changed for a moment.
  case nameDebounced(RequestToken)
  /// The accounts that the server has for a name.
  case duplicateNamesFound(name: String, token: RequestToken, Result<AccountPage, CloudflareError>)
  /// What may be created, and where.
  case tenancyRead(token: RequestToken, TenancyAnswer)
  case answered(token: RequestToken, Result<Account, CloudflareError>)
}

/// The answers that a change of an account waits for, be it from the form that edits it or from the one that has created
/// it.
enum ChangeAction: Sendable, Equatable {
  /// The account as it is now, read before it can be changed, and once more before the change is sent.
  case accountRead(token: RequestToken, Result<Account, CloudflareError>)
  case answered(token: RequestToken, Result<Account, CloudflareError>)
}

/// The answers that a deletion waits for, in their order.
enum DeleteAction: Sendable, Equatable {
  /// The account as it is now, read before anything can be deleted.
  case accountRead(token: RequestToken, Result<Account, CloudflareError>)
  /// The accounts that the server has for its name.
  case duplicateNamesRead(token: RequestToken, Result<AccountPage, CloudflareError>)
  /// A second of the delay is over.
  case secondPassed(token: RequestToken)
  case answered(token: RequestToken, Result<DeletedAccount?, CloudflareError>)
  /// The account read once more, to see that it is gone.
  case verified(token: RequestToken, Result<Account, CloudflareError>)
}

/// What becomes of writes, and what the journal tells of them.
enum ActivityAction: Sendable, Equatable {
  case journalRead(token: RequestToken, Result<JournalReading, JournalProblem>)
  /// The intent is kept safely, and the request leaves.
  case begun(WriteIntent, ProcessIdentity)
  /// The journal did not take the intent: nothing was sent.
  case notSent(WriteIntent, JournalProblem)
  case answered(WriteIntent.ID, WriteOutcome)
  /// The journal has the outcome.
  case recorded(WriteIntent.ID)
  /// The journal did not take the outcome.
  case notRecorded(WriteIntent.ID, WriteOutcome, JournalProblem)
  case resolved(WriteIntent.ID, token: RequestToken, Resolution)
  /// It is time to look up a write once more that may still act.
  case lookAgain(WriteIntent.ID)
  /// Before a write was sent that repeats an earlier one, looking for that one has found this: nothing was sent.
  case heldBack(WriteIntent, earlier: WriteIntent.ID, Resolution)
}

/// Tells the answer to the newest request from a late answer to an older one.
struct RequestToken: Sendable, Hashable {
  let number: Int
}
