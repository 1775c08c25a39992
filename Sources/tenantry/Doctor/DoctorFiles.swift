import Cloudflare
import Glibc

/// What is to be known of the files that the console keeps.
struct DoctorFiles {
  private(set) var findings: [DoctorFinding] = []

  init(_ environment: (String) -> String?) {
    guard let path = JournalLocation.path(environment) else {
      add(
        .problem, "journal", "has no place, since neither HOME nor XDG_STATE_HOME is set",
        remedy: "Set HOME: what cannot be noted down is not sent.")
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else {
        add(
          .problem, "journal", "\(path) cannot be looked at: \(SystemError.text(errno))",
          remedy: "Set XDG_STATE_HOME to a directory of your own: what cannot be noted down is not sent.")
        return
      }
      examineMissing(path)
      return
    }
    let size = status.st_size < 10_240 ? "\(status.st_size) bytes" : "\(status.st_size / 1024) KiB"
    let mode = String(status.st_mode & 0o777, radix: 8)
    guard status.st_mode & S_IFMT == S_IFREG, access(path, R_OK | W_OK) == 0 else {
      add(
        .problem, "journal", "\(path) (mode \(mode)) cannot be written to",
        remedy: "Give it back to yourself, or move it away: what cannot be noted down is not sent.")
      return
    }
    let isOpen = status.st_mode & 0o077 != 0
    add(
      isOpen ? .note : .fine, "journal", "\(path), \(size), mode \(mode)",
      remedy: isOpen ? "Others can read it; the console closes it to them at the next write." : nil)
  }

  /// The nearest directory that there is decides whether the file can be made.
  private mutating func examineMissing(_ path: String) {
    var directory = path[...]
    repeat {
      directory = directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)]
    } while !directory.isEmpty && access(String(directory), F_OK) != 0
    let place = directory.isEmpty ? "/" : String(directory)
    var status = stat()
    let isDirectory = stat(place, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    guard isDirectory, access(place, W_OK | X_OK) == 0 else {
      add(
        .problem, "journal", "\(path) cannot be made: \(place) cannot be written to",
        remedy: "Set XDG_STATE_HOME to a directory of your own: what cannot be noted down is not sent.")
      return
    }
    add(.fine, "journal", "none yet; the first write makes \(path)")
  }

  private mutating func add(_ grade: DoctorFinding.Grade, _ subject: String, _ text: String, remedy: String? = nil) {
    findings.append(DoctorFinding(grade, subject, text, remedy: remedy))
  }
}
