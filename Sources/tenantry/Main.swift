import ArgumentParser
import Glibc
import Sandbox

@main
enum Main {
  static func main() {
    // Most starts have no arguments, and the first one has this. Parsing them would take longer than everything else up
    // to the first frame.
    let run: ConsoleRun
    if CommandLine.argc == 1 {
      run = ConsoleRun()
    } else if CommandLine.argc == 2, CommandLine.arguments[1] == "--sandbox" {
      run = ConsoleRun(sandbox: SandboxOptions())
    } else {
      return Tenantry.main()
    }
    do {
      try run.run()
    } catch {
      Tenantry.exit(withError: error)
    }
  }
}
