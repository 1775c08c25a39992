import ArgumentParser
import Glibc

/// The exit codes besides 0 and 64 (wrong arguments), from the convention of sysexits.h.
enum ExitStatus {
  /// EX_NOINPUT: there is no terminal to work in.
  static let noTerminal = ExitCode(66)
  /// EX_UNAVAILABLE: something needed could not be had, such as a port.
  static let unavailable = ExitCode(69)
  /// EX_NOPERM: the endpoint refuses the credentials.
  static let refused = ExitCode(77)
  /// EX_CONFIG: the configuration or the credentials are missing or wrong.
  static let configuration = ExitCode(78)
}

/// Says why the program ends, on standard error.
func report(_ text: String) {
  let line = "tenantry: \(VisibleText.printed(text))\n"
  _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
}
