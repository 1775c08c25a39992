/// The part of the state that keys change and that is always on the screen.
///
/// It tells at once whether a key has changed the screen, long before the new screen is made. What is missing here only
/// makes the terminal learn of it together with the new screen.
struct Foreground: Equatable {
  private var selection: BrowseState.Selection
  private var top: Int
  private var pane: BrowseState.Pane
  private var detailScroll: Int
  private var find: TextField?
  private var detailSearch: DetailSearch?
  private var raw: RawState?
  private var activity: ActivityScreen?
  private var dialog: Dialog?
  private var palette: PaletteState?
  private var help: HelpState?
  private var notice: Notice?

  fileprivate init(_ state: State) {
    selection = state.browse.selection
    top = state.browse.top
    pane = state.browse.pane
    detailScroll = state.browse.detailScroll
    find = state.browse.find?.field
    detailSearch = state.browse.detailSearch
    raw = state.raw
    activity = state.activity.screen
    dialog = state.dialog
    palette = state.palette
    help = state.help
    notice = state.notice
  }
}

extension State {
  var foreground: Foreground { Foreground(self) }
}
