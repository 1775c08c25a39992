import Cloudflare
import FoundationEssentials
import Terminal

@testable import Console

/// A person who talks with the console in plain mode.
@MainActor
struct PlainTalk {
  let service: ListedService
  let lines: ScriptedLines
  let console: PlainConsole

  /// - Parameter accounts: how many the server has, unless `list` gives them.
  init(
    accounts: Int = 30, list: [Account]? = nil, inventory: InventoryAnswers = InventoryAnswers(),
    journal: any WriteJournal = MemoryJournal(), isInteractive: Bool = false, isUnicode: Bool = true,
    isReadOnly: Bool = false, isDryRun: Bool = false, protected: [String] = []
  ) {
    setLocaleOnce()
    service = ListedService(list ?? (0..<accounts).map { Fixture.account($0) })
    lines = ScriptedLines(isInteractive: isInteractive, isUnicode: isUnicode)
    let session = TestDriver(isReadOnly: isReadOnly, isDryRun: isDryRun, protected: protected).state.session
    console = PlainConsole(
      session: session,
      services: Services(accounts: service, inventory: ScriptedInventory(answers: inventory), journal: journal),
      device: lines)
    console.start()
  }

  /// Waits until something is asked, or it is over.
  @discardableResult
  func wait() async throws -> String {
    try await eventually {
      console.advance()
      return console.isOver || lines.waiting.isEmpty && !lines.text.hasSuffix("\n")
    }
    return lines.news()
  }

  /// Types a line, and waits for what is asked next.
  ///
  /// - Returns: what was written meanwhile.
  @discardableResult
  func say(_ line: String) async throws -> String {
    try await wait()
    lines.waiting.append(.text(line))
    return try await wait()
  }

  /// Waits until something has been written since the last question.
  func wait(for text: String) async throws {
    try await eventually {
      console.advance()
      return lines.text.contains(text)
    }
  }

  /// Has the server let nothing through for a minute, so that seconds count.
  func block() {
    let status = BudgetStatus(remaining: 0, blockedUntil: Environment.now.date + 60, waitingRequests: 0)
    console.store.send(.budget(status))
  }

  /// Lets the seconds before a deletion pass, once the account has been read in them.
  func passCountdown() async throws {
    try await eventually { countdown?.isLookPending != true }
    for _ in 0..<DeleteState.Countdown.seconds {
      guard countdown != nil else { throw NeverHeld() }
      console.store.send(.answer(.elapsed(.deletionCountdown)))
    }
  }

  private var countdown: DeleteState.Countdown? {
    guard case .countdown(let countdown)? = console.state.layer(DeleteState.self)?.phase else { return nil }
    return countdown
  }
}
