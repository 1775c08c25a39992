import ArgumentParser
import Glibc
import Sandbox

@main
enum Main {
  static func main() {
    // Most starts have no arguments, and the first one has this. Parsing them would take longer than everything else up
    // to the first frame.
    let run: ConsoleRun
    switch CommandLine.arguments.dropFirst() {
    case []: run = ConsoleRun()
    case ["--sandbox"]: run = ConsoleRun(sandbox: SandboxOptions())
    default: return Tenantry.main()
    }
    do {
      try run.run()
    } catch {
      Tenantry.exit(withError: error)
    }
  }
}
