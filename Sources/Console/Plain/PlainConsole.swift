import Cloudflare
import Terminal

/// The console as a dialogue of numbered lines and questions, for screen readers and scripts.
///
/// It uses the same store as the screen. Lines become actions that say what is meant, and changes of the state are
/// printed as sentences. The guards of writes are the same.
@MainActor
public final class PlainConsole {
  /// The current task, if no dialog is open.
  enum Step: Equatable {
    /// Asking for a command.
    case command
    /// Reading the first accounts.
    case starting
    case listing
    case finding
    case loadingAll
    case opening(Account.ID)
    case raw
    case activity(ActivityRequest)
  }

  /// A question that the next line answers.
  struct Question: Equatable {
    /// Distinguishes questions with the same prompt.
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

  /// The announcements made, so that each is made once.
  struct Announcements: Equatable {
    var notice: Notice?
    var isWaiting = false
    var isWaitShown = false
    var deletion: DeletionAnnouncement?
    var lines: [Block] = []
    var hasWarnedOfWrite = false
  }

  /// Rows printed at a time.
  nonisolated static let rows = 20
  /// The size of the assumed window. It decides how many rows are loaded and how wide texts are.
  static let size = Size(width: 80, height: rows + 6)

  /// - Parameters:
  ///   - client: reads and writes the accounts.
  ///   - device: the input and output.
  public convenience init(
    session: Session, client: AccountsClient, journal: JournalPlace, device: any LineDevice
  ) {
    self.init(session: session, services: Services(client, journal: journal), device: device)
  }

  /// - Parameter environment: gives the time and a fresh ID for each action.
  init(
    session: Session, services: Services, device: any LineDevice,
    environment: @escaping @MainActor () -> Environment = { .now }
  ) {
    self.device = device
    control = PlainControl(device: device)
    var session = session
    session.takesLines = true
    // Printed text cannot be refreshed, so a cached list is not shown.
    session.usesMouse = false
    session.keepsList = false
    store = Store(session: session, services: services, terminal: control, environment: environment)
  }

  var state: State { store.state }
  var tenancy: Tenancy { state.accounts.tenancy }

  public func start() {
    show("tenantry, plain mode. \(placeSentence)")
    show("Reading the accounts of \(state.session.endpointHost).")
    store.start(size: Self.size)
  }

  /// Prints news and takes lines until it has to wait.
  public func advance() {
    while !isOver {
      let question = control.hasStopped ? nil : next()
      if control.hasStopped { return finish() }
      guard takeLine(answering: question) else { return }
    }
  }

  // MARK: Events

  /// Ctrl-C: leaves the question, stops the current task, or ends the program at the prompt for a command.
  public func interrupt() {
    // The terminal has echoed the key, so the next text begins a line.
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
    // The output of the shell has come after the question.
    isPromptOpen = false
  }

  // MARK: Steps

  /// The next thing to do.
  enum NextPrompt {
    /// Ask this.
    case question(Question)
    /// Wait for an answer of the server.
    case wait
    /// Look at the state again.
    case goOn
  }

  /// - Returns: the next question; `nil` during a wait.
  private func next() -> Question? {
    while true {
      showNews()
      let prompt: NextPrompt =
        switch state.dialog {
        case let form as CreateState: next(form)
        case let form as EditState: next(form)
        case let deletion as DeleteState: next(deletion)
        default: nextStep()
        }
      if control.hasStopped { return nil }
      switch prompt {
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
      // Any line stops the countdown of a deletion, and so does the end of the input.
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
    case let dialog? where dialog.unresolvedWrite != nil: answerLookUp(line.trimmed)
    case is any WriteForm where line.trimmed == ".": send(.leave)
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
    for entry in state.writes.history.entries where state.writes[entry.id].isSending {
      show(
        "It is not known what becomes of the request \(entry.intent.operation.requestLine) for "
          + "\(entry.intent.operation.name). The journal keeps it, and it is looked up at the next start.")
    }
    closePrompt()
    isOver = true
    device.stop()
  }

  // MARK: Output

  /// Writes one line. This is the only place that makes text from the network safe.
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

  /// Ends the line of the prompt if the device does not echo.
  private func echo(_ input: LineInput) {
    defer { isPromptOpen = false }
    guard isPromptOpen else { return }
    switch input {
    case .text(let line): device.write(device.isInteractive ? "" : safe(line) + "\n")
    case .unusable: device.write(device.isInteractive ? "" : "\n")
    case .end: device.write("\n")
    }
  }

  /// Prints notices, dropped lines and waits.
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
    let isWaitShown = if case .seconds = state.indicator.sign { true } else { false }
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
