import ArgumentParser
import Glibc
import Sandbox

@main
enum Main {
  static func main() {
    // A standard descriptor that is closed would be given to the next thing that is opened.
    for descriptor in 0...2 where fcntl(Int32(descriptor), F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
    // Most starts have no arguments, and the first one has this. Parsing them would take longer than everything else up
    // to the first frame.
    let arguments = CommandLine.argc > 1 ? CommandLine.arguments.dropFirst() : []
    guard let run = shortcut(arguments) else { return Tenantry.main() }
    do {
      try run.run()
    } catch {
      Tenantry.exit(withError: error)
    }
  }

  /// What the most usual arguments ask for; `nil` for all others.
  static func shortcut(_ arguments: ArraySlice<String>) -> ConsoleRun? {
    switch (arguments.count, arguments.first) {
    case (0, _): ConsoleRun()
    case (1, "--sandbox"): ConsoleRun(sandbox: SandboxOptions())
    default: nil
    }
  }
}
