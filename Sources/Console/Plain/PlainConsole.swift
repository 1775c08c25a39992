import Cloudflare
import Terminal

/// The console as a conversation: numbered lines and questions, for people whom a screen does not help.
///
/// It is another face of the same store. What is typed becomes actions that say what is meant, and what becomes of the
/// state is told in sentences, each once and never taken back. Whatever keeps a write from being sent keeps it back
/// here too.
@MainActor
public final class PlainConsole {
  /// What is waited for, when no dialog says so itself.
  enum Step: Equatable {
    /// A command is asked for.
    case command
    /// The beginning: the first accounts are read.
    case starting
    case listing
    case finding
    case loadingAll
    case opening(Account.ID)
    case raw
    case activity(ActivityRequest)
  }

  /// What the next line answers.
  struct Question: Equatable {
    /// Another place where the same is asked is another question.
    var place: String
    var prompt: String
  }

  let store: Store
  let device: any LineDevice
  private let control: PlainControl
  var step = Step.starting
  var printed = PrintedList()
  /// The writes that were printed last, by number.
  var printedWrites: [Int: WriteIntent.ID] = [:]
  var announced = Announcements()
  private var isPromptOpen = false
  private(set) var isOver = false

  /// What has been told, so that it is told once.
  struct Announcements: Equatable {
    var notice: Notice?
    var isWaiting = false
    var isWaitShown = false
    var deletion: DeletionAnnouncement?
    var lines: [Block] = []
    var hasWarnedOfWrite = false
  }

  /// Rows of a printed part of a list.
  nonisolated static let rows = 20
  /// As if there were a window of this size: so many rows are asked for at a time, and texts are laid out for this width.
  static let size = Size(width: 80, height: rows + 6)

  /// - Parameters:
  ///   - client: what the accounts are read and written through.
  ///   - device: where lines come from and go to.
  public convenience init(
    session: Session, client: AccountsClient, journal: JournalPlace, device: any LineDevice
  ) {
    self.init(session: session, services: Services(client, journal: journal), device: device)
  }

  /// - Parameter environment: the time and a fresh identifier for each action.
  init(
    session: Session, services: Services, device: any LineDevice,
    environment: @escaping @MainActor () -> Environment = { .now }
  ) {
    self.device = device
    control = PlainControl(device: device)
    var session = session
    session.takesLines = true
    // A text that is written stays written, and only what the server says now is.
    session.usesMouse = false
    session.keepsList = false
    store = Store(session: session, services: services, terminal: control, environment: environment)
  }

  var state: State { store.state }
  /// What may be created, and where.
  var tenancy: Tenancy { state.accounts.tenancy }

  public func start() {
    show("tenantry, plain mode. \(placeSentence)")
    show("Reading the accounts of \(state.session.endpointHost).")
    store.start(size: Self.size)
  }

  /// Tells what has become of what, and takes the lines that are asked for, until there is something to wait for.
  public func advance() {
    while !isOver {
      let question = control.hasStopped ? nil : next()
      if control.hasStopped { return finish() }
      guard takeLine(answering: question) else { return }
    }
  }

  // MARK: What comes from outside

  /// Ctrl-C: leaves whatever is asked, stops whatever goes on, and at the prompt for a command the program.
  public func interrupt() {
    // A terminal has written what stands for the key, and what is said next begins a line.
    if isPromptOpen || device.isInteractive { device.write("\n") }
    isPromptOpen = false
    let state = state
    if (state.dialog as? DeleteState)?.isCountingDown == true {
      store.send(.command(.cancel))
    } else if state.dialog == nil, state.showsRateLimitWait || step == .loadingAll {
      store.send(.command(.back))
    } else if state.writes.isSending, !announced.hasWarnedOfWrite {
      announced.hasWarnedOfWrite = true
      show("The one request is on its way and cannot be taken back. Ctrl-C once more leaves without its answer.")
    } else if !state.writes.isSending, state.dialog != nil {
      send(.leave)
      if let deletion = state.dialog as? DeleteState, deletion.intent == nil {
        show("Left: nothing was sent, and nothing is deleted.")
      }
    } else if !state.writes.isSending, step != .command, step != .starting {
      giveUp()
    } else {
      store.send(.end)
    }
  }

  public func end() {
    store.send(.end)
  }

  public func suspend() {
    store.send(.command(.suspend))
  }

  public func resume() {
    store.send(.resumed(Self.size))
    // What the shell has written since stands between the question and its answer.
    isPromptOpen = false
  }

  // MARK: Going on

  /// What is next, as far as it is known.
  enum NextPrompt {
    /// The next line answers this.
    case question(Question)
    /// An answer from outside is awaited.
    case wait
    /// Something has come to its end, and what it leads to has to be looked at.
    case goOn
  }

  /// - Returns: what the next line would answer; `nil` while something is waited for.
  private func next() -> Question? {
    while true {
      showNews()
      let course: NextPrompt =
        switch state.dialog {
        case let form as CreateState: next(form)
        case let form as EditState: next(form)
        case let deletion as DeleteState: next(deletion)
        default: nextStep()
        }
      if control.hasStopped { return nil }
      switch course {
      case .question(let question):
        showNews()
        return question
      case .wait:
        showNews()
        return nil
      case .goOn: break
      }
    }
  }

  private func takeLine(answering question: Question?) -> Bool {
    guard let question else {
      // While seconds count, any line stops them, and so does the end of all lines.
      guard (state.dialog as? DeleteState)?.isCountingDown == true, let input = device.nextLine() else {
        return false
      }
      echo(input)
      store.send(input == .end ? .end : .command(.cancel))
      return true
    }
    ask(question.prompt)
    guard let input = device.nextLine() else { return false }
    echo(input)
    switch input {
    case .text(let line): answer(line)
    case .unusable(let reason): show("Nothing was done with that line: \(reason.words).")
    case .end: endInput()
    }
    return true
  }

  private func answer(_ line: String) {
    switch state.dialog {
    case let form as CreateState: answer(line, in: form)
    case let form as EditState: answer(line, in: form)
    case let deletion as DeleteState: answer(line, in: deletion)
    default: carryOut(line)
    }
  }

  /// The input has ended.
  private func endInput() {
    if state.dialog != nil { show("The input has ended before the last answer: nothing more is sent.") }
    store.send(.end)
  }

  private func finish() {
    showNews()
    let open = state.writes.history.entries.filter { state.writes[$0.id].isSending }
    for entry in open {
      show(
        "It is not known what becomes of the request \(entry.intent.operation.requestLine) for "
          + "\(entry.intent.operation.name). The journal keeps it, and it is looked up at the next start.")
    }
    closePrompt()
    isOver = true
    device.stop()
  }

  // MARK: Telling

  /// Writes one line. What is in it of others' text is made safe here, and nowhere else.
  func show(_ line: String) {
    closePrompt()
    device.write(safe(line) + "\n")
  }

  private func safe(_ line: String) -> String {
    let text = SafeText(line)
    return device.isUnicode ? text.text : text.asciiText
  }

  private func ask(_ prompt: String) {
    guard !isPromptOpen else { return }
    device.write(safe(prompt))
    isPromptOpen = true
  }

  private func closePrompt() {
    if isPromptOpen { device.write("\n") }
    isPromptOpen = false
  }

  /// Ends the line of the prompt, as a terminal does by itself when somebody types there.
  private func echo(_ input: LineInput) {
    defer { isPromptOpen = false }
    guard isPromptOpen else { return }
    switch input {
    case .text(let line): device.write(device.isInteractive ? "" : safe(line) + "\n")
    case .unusable: device.write(device.isInteractive ? "" : "\n")
    case .end: device.write("\n")
    }
  }

  /// Tells what has happened beside what is waited for.
  func showNews() {
    let dropped = control.takeDropped()
    if dropped > 0 {
      show(
        "\(Wording.count(dropped, "line", "lines")) sent ahead of the question \(dropped == 1 ? "was" : "were") dropped:"
          + " what decides about a change or a deletion has to be read before it is answered.")
    }
    if state.notice != announced.notice {
      announced.notice = state.notice
      if let notice = state.notice { show(notice.sentences) }
    }
    let isWaiting = state.rateLimitText != nil
    if isWaiting, !announced.isWaiting, let seconds = state.rateLimit.secondsLeft {
      show(
        "\(state.rateLimitReason) for \(Wording.clock(seconds: seconds)). It goes on by itself then; Ctrl-C gives up waiting."
      )
    }
    announced.isWaiting = isWaiting
    var isWaitShown = false
    if case .seconds = state.indicator.sign { isWaitShown = true }
    if isWaitShown, !announced.isWaitShown {
      show("Still waiting for the server. Ctrl-C gives up what can be given up.")
    }
    announced.isWaitShown = isWaitShown
    if !state.writes.isSending { announced.hasWarnedOfWrite = false }
  }

  private var placeSentence: String {
    let session = state.session
    let place =
      switch session.endpointKind {
      case .sandbox: "Sandbox at \(session.endpointHost), where nothing is real"
      case .production: "Cloudflare itself, \(session.endpointHost)"
      case .custom: "Custom endpoint \(session.endpointHost)"
      }
    let writing =
      session.writing == .readOnly
      ? " Read-only: nothing can be changed from here."
      : session.writing == .dryRun ? " Dry run: nothing that writes is sent." : ""
    return "\(place), as \(session.identity)\(session.profileWords).\(writing)"
  }
}

extension LineInput.Reason {
  fileprivate var words: String {
    switch self {
    case .notUTF8: "it is not UTF-8"
    case .hasControls: "it has control characters, as keys like the arrows send"
    case .tooLong: "it is longer than \(Wording.number(LineInput.longestLine)) bytes"
    }
  }
}
