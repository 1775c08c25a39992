import Console
import Glibc

/// The desktop that this process runs on, by its programs. None of them is run by a shell.
actor SystemDesktop: Clipboard, URLOpener {
  nonisolated let terminalNote: String?
  private let programs: DesktopPrograms
  /// Programs that were still running when last seen, to be asked for their end at the next opportunity.
  private var unfinished: [DetachedProgram] = []

  private let copyLimit: Duration
  private let openLimit: Duration

  /// - Parameters:
  ///   - copyLimit: how long a clipboard's program may take. They are over in milliseconds, or hang.
  ///   - openLimit: how long a program that cannot open anything may take to say so. A browser that runs in the
  ///     foreground is still there after that.
  init(
    _ environment: (String) -> String?, isProgram: (String) -> Bool = { access($0, X_OK) == 0 },
    copyLimit: Duration = .seconds(2), openLimit: Duration = .seconds(1)
  ) {
    self.copyLimit = copyLimit
    self.openLimit = openLimit
    programs = DesktopPrograms(environment, isProgram: isProgram)
    terminalNote =
      variable("TMUX", in: environment) == nil ? nil : "tmux takes it only after: tmux set -s set-clipboard on"
  }

  func copy(_ text: String) async -> String? {
    for program in programs.copying {
      guard let run = DetachedProgram(program.path, program.arguments, input: Array(text.utf8)) else { continue }
      switch await run.ending(within: copyLimit) {
      case 0: return program.name
      case nil: run.kill()
      default: break
      }
    }
    return nil
  }

  func open(_ address: String) async -> Bool {
    unfinished.removeAll { $0.isOver }
    guard let program = programs.opening,
      let run = DetachedProgram(program.path, program.arguments + [address], input: [])
    else { return false }
    guard let status = await run.ending(within: openLimit) else {
      unfinished.append(run)
      return true
    }
    return status == 0
  }
}
