import ArgumentParser
import Cloudflare
import Curses
import Glibc

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell who you are, what you may do, where each setting comes from, and what is wrong.",
    discussion: """
      Changes nothing: it reads the configuration, looks at the terminal, and asks the API who the credentials belong to \
      and what they may do. No secret is printed.

      Ends with 0 when all is well, 66 when the terminal can show no screen, 69 when the endpoint cannot be reached, 77 \
      when it refuses the credentials, and 78 when configuration or credentials are missing or wrong, or the journal \
      cannot be written, without which nothing is sent that changes anything.
      """)

  @OptionGroup
  var profileOptions: ProfileOptionGroup

  func run() throws {
    let setup = DoctorSetup(
      wish: profileOptions.wish, baseURL: profileOptions.baseURL, environment: ProcessEnvironment.variable, tell: report
    )
    // What is known at once is printed before anything is waited for.
    Self.print("Configuration", setup.findings)
    let files = DoctorFiles(ProcessEnvironment.variable).findings
    Self.print("Files", files)
    let report = MainActor.assumeIsolated { TerminalReport.current() }
    let terminal = DoctorTerminal(report, ProcessEnvironment.variable).findings
    Self.print("Terminal", terminal)

    let connection = try waitFor { await DoctorConnection.examine(setup) }
    Self.print("Connection", connection.findings)
    let identity = try waitFor { await DoctorIdentity.examine(setup, isReachable: connection.isReachable) }
    Self.print("Identity", identity.findings)
    let all = setup.findings + files + terminal + connection.findings + identity.findings
    let problems = all.count(where: \.isProblem)
    Swift.print(problems == 0 ? "All is well." : problems == 1 ? "1 problem." : "\(problems) problems.")
    let status = Self.status(
      of: setup.findings + files, terminal, isReachable: connection.isReachable, identity)
    if let status { throw status }
  }

  /// How the program ends when something is wrong, by what has to be mended first.
  ///
  /// - Parameter basis: what was found of the configuration and of the files.
  static func status(
    of basis: [DoctorFinding], _ terminal: [DoctorFinding], isReachable: Bool, _ identity: DoctorIdentity
  ) -> ExitCode? {
    if basis.contains(where: \.isProblem) { return ExitStatus.configuration }
    if !isReachable || identity.isUnanswered { return ExitStatus.unavailable }
    if identity.isRefused { return ExitStatus.refused }
    return terminal.contains(where: \.isProblem) ? ExitStatus.noTerminal : nil
  }

  private static func print(_ title: String, _ findings: [DoctorFinding]) {
    Swift.print(title)
    for line in findings.flatMap(\.lines) { Swift.print(VisibleText.printed(line)) }
    Swift.print("")
    // Into a pipe, too, at once.
    fflush(nil)
  }
}
