import Cloudflare

/// A command that prints a secret, as password managers do: `pass show cloudflare`.
///
/// It is run by `/bin/sh -c`, as git runs its helpers, with this program's environment and terminal, so that it may ask
/// for a passphrase. Its standard input is empty: what is typed is not for it by accident.
struct SecretCommand {
  var command: String
  /// What it is for and where it was written, for messages.
  var name: String
  /// Long enough to find and type a passphrase.
  var limit: Duration = .seconds(60)
  /// After this long it is told what is waited for.
  var patience: Duration = .seconds(2)

  /// Of the output, and of what is kept of standard error.
  private static let outputLimit = 4_096

  /// Runs the command to its end.
  ///
  /// - Parameter tell: gets what is waited for, once, when it takes long.
  /// - Returns: the first line of the output, without blanks around it.
  /// - Throws: ``Problem``. It has what the command wrote to standard error, and never its output.
  func run(tell: (String) -> Void) throws(Problem) -> String {
    let run: CommandRun
    do throws(CommandRun.Failure) {
      run = try CommandRun(shellCommand: command)
    } catch {
      throw Problem(text: "\(name) could not be started: \(SystemError.text(error.number)).")
    }
    guard
      let ending = run.wait(
        limit: limit, patience: patience, outputLimit: Self.outputLimit,
        isSlow: {
          tell("waiting for \(name), for \(limit.components.seconds) s at most …")
        })
    else {
      throw Problem(
        text: "\(name) took longer than \(limit.components.seconds) s and was ended. Run it by hand to see why.")
    }
    switch ending {
    case .exited(0): return try secret(in: run.output)
    case .exited(let status): throw Problem(text: "\(name) failed with status \(status)." + said(run.errors))
    case .lost: throw Problem(text: "\(name) has ended, and the system does not tell how.")
    case .signalled(let number): throw Problem(text: "\(name) was ended by signal \(number)." + said(run.errors))
    }
  }

  private func secret(in output: [UInt8]) throws(Problem) -> String {
    let line = output.prefix { $0 != UInt8(ascii: "\n") }
    guard line.count < Self.outputLimit else {
      throw Problem(text: "\(name) printed a first line that is too long to be a secret.")
    }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw Problem(text: "\(name) printed something that is no text.")
    }
    let blanks: Set<Character> = [" ", "\t", "\r", "\r\n"]
    let secret = text.drop { blanks.contains($0) }
    let end = secret.lastIndex { !blanks.contains($0) }.map(secret.index(after:)) ?? secret.startIndex
    guard end > secret.startIndex else {
      throw Problem(text: "\(name) ended well, but its first line is empty. It has to print the secret there.")
    }
    return String(secret[..<end])
  }

  private func said(_ errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(5)
    let words = lines.map { "  " + VisibleText(String($0), limit: 200).text }
    return words.isEmpty ? " It did not say why." : " It said:\n" + words.joined(separator: "\n")
  }
}
