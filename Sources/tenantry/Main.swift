import ArgumentParser
import Glibc

@main
enum Main {
  static func main() {
    // Most starts have no arguments. Parsing none would take longer than everything else up to the first frame.
    guard CommandLine.argc <= 1 else { return Tenantry.main() }
    do {
      try ConsoleRun().run()
    } catch {
      Tenantry.exit(withError: error)
    }
  }
}
