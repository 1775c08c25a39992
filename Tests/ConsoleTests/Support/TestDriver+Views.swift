import Cloudflare
import Terminal

@testable import Console

/// What is on screen, by what it is.
extension TestDriver {
  var accounts: AccountList { state.accounts.list }
  var list: ListState { state.browse.list }
  var detail: DetailState { state.browse.detailPane }
  var pane: Browse.Pane { state.browse.pane }
  var selectedAccount: Account? { list.selectedAccount(in: accounts) }
  var rowCount: Int { list.rowCount(of: accounts) }
  var failures: [Int: CloudflareError] { state.accounts.failures }
  var loadAll: LoadAll? { state.accounts.loadAll }
  var inventory: InventoryCache { state.accounts.inventory }
  var tenancy: Tenancy { state.accounts.tenancy }
  var writes: Writes { state.writes }
  var pendingRequirements: String? {
    writes.pendingRequirements(at: environment.date, state.session, accounts)
  }
  var history: WriteHistory { state.writes.history }
  var json: JSONState? { state.layer(JSONState.self) }
  var palette: PaletteState? { state.layer(PaletteState.self) }
  var help: HelpState? { state.layer(HelpState.self) }
  var activity: ActivityState? { state.layer(ActivityState.self) }
  /// Whether a form or dialog is open.
  var hasDialog: Bool { state.dialog != nil }
  var draft: CreateState? { state.keptForm?.screen as? CreateState }
  /// What was typed into changes that were left.
  var editDrafts: [Account.ID: AccountEdits] { state.edits }
  var context: InputContext { state.inputContext }
  /// What the status line tells, with its kind and what to do next.
  var message: Notice? { state.notice }
  var noticeKind: Notice.Kind? { state.notice?.kind }
  var nextStep: String? { state.notice?.nextStep }
  var statusLines: [StatusLine] { state.statusLines }
  /// How long a person has been waiting; `nil` while nobody has waited long enough.
  var waitText: String? { state.waitText }
  var size: Size { state.size }
  var layout: Layout { state.browse.panes(of: state.size) }
  /// What a screen reads.
  var screenContext: Context { state.context(environment) }
  /// The lines of the help that is open.
  var helpEntries: [HelpEntry] { help?.entries(in: screenContext) ?? [] }
  /// The commands of the palette that is open.
  var paletteEntries: [PaletteEntry] { palette?.entries(in: screenContext) ?? [] }
  /// What the last row of the list or search says of the place in it.
  var position: String { state.browse.listView(screenContext).placeInList }

  /// What the detail pane says of the selected account.
  var detailText: [Block] {
    detail.text(about: state.browse.subjectOfDetail(in: screenContext), in: screenContext, isOpen: pane == .detail)
  }
  var detailLines: [Line] { detailText.lines(width: layout.detail.width) }

  var frame: Frame { view(state) }

  /// Whether a person sees the same here as there, and the same would come of what the person does next.
  func isLike(_ other: TestDriver) -> Bool {
    screen == other.screen && context == other.context && state.layers == other.state.layers
      && selectedID == other.selectedID && running == other.running
  }

  /// The intent of a write from here.
  func intent(_ operation: WriteOperation) -> WriteIntent { state.session.intent(operation, in: environment) }

  /// Changes the list of accounts as answers do.
  mutating func changeList(_ change: (inout AccountList) -> Void) {
    state.accounts.changeList(change)
    syncRows()
  }

  /// Brings the rows up to the list, as each action does.
  mutating func syncRows() {
    let (accounts, rows) = (state.accounts, state.listRows)
    _ = state.browse.sync(with: accounts, rows: rows)
  }

  /// Gives the screen another size without anybody's being told of it.
  mutating func setSize(_ size: Size) {
    state.size = size
    syncRows()
  }

  mutating func show(_ notice: Notice?) { state.notice = notice }

  mutating func forgetDraft() { state.keptForm = nil }

  /// Has a write leave by the one way by which they do.
  mutating func dispatch(_ intent: WriteIntent) -> Dispatch {
    let dispatch = writes.dispatch(intent, state.session, accounts)
    if case .sent(let effect) = dispatch {
      state.writes[intent.id].isSending = true
      start(effect)
    }
    return dispatch
  }

  /// Has the history of writes say so.
  mutating func note(_ record: JournalRecord) { state.writes.history.apply(record) }

  /// As at the start of another console: what is known of writes is forgotten, and the journal is being read.
  mutating func forgetWrites() {
    state.writes = Writes()
    for effect in state.writes.readJournal() { start(effect) }
  }
}
