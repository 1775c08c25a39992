import Cloudflare
import Glibc

extension ConfigurationFile {
  /// In `XDG_CONFIG_HOME`, or in `.config` of the home directory.
  ///
  /// - Returns: `nil` when there is no such place.
  static func path(_ environment: (String) -> String?) -> String? {
    BaseDirectory.path("XDG_CONFIG_HOME", usual: ".config", environment).map { $0 + "/config.yaml" }
  }

  /// Far more than a configuration needs.
  static let sizeLimit = 256 * 1024

  /// Reads the configuration of the environment's person.
  ///
  /// - Returns: `nil` when there is no file. Finding that out takes one system call.
  static func load(_ environment: (String) -> String?) throws(Problem) -> ConfigurationFile? {
    guard let path = path(environment) else { return nil }
    do throws(ConfigurationError) {
      return try read(path)
    } catch {
      throw error.problem
    }
  }

  /// - Parameter person: who may own the file, besides root, who may do everything anyhow.
  /// - Throws: everything that is wrong with the file.
  static func read(_ path: String, person: uid_t = geteuid()) throws(ConfigurationError) -> ConfigurationFile? {
    func failure(_ text: String) -> ConfigurationError {
      ConfigurationError(path: path, problems: [ConfigurationProblem(text: text)])
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("it cannot be read: \(SystemError.text(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("it cannot be read: \(SystemError.text(errno))") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure("it is not an ordinary file") }
    guard status.st_uid == person || status.st_uid == 0 else {
      throw failure("it belongs to somebody else (user \(status.st_uid)), who could change what it says")
    }
    let mending = "run: chmod 600 \(shellQuoted(path))"
    guard status.st_mode & 0o022 == 0 else {
      throw failure("others can write to it (mode \(octal(status.st_mode))); \(mending)")
    }
    guard status.st_size <= sizeLimit else { throw failure("it is larger than \(sizeLimit / 1024) KiB") }
    let bytes = try contents(of: descriptor, failure)
    let (file, secretLine) = try ConfigurationReader.read(bytes, path: path)
    if let secretLine, status.st_mode & 0o077 != 0 {
      let text = "it holds a secret, and others can read it (mode \(octal(status.st_mode))); \(mending)"
      throw ConfigurationError(path: path, problems: [ConfigurationProblem(line: secretLine, text: text)])
    }
    return file
  }

  private static func contents(
    of descriptor: Int32, _ failure: (String) -> ConfigurationError
  ) throws(ConfigurationError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("it cannot be read: \(SystemError.text(errno))")
      }
      bytes += piece[..<count]
      guard bytes.count <= sizeLimit else { throw failure("it is larger than \(sizeLimit / 1024) KiB") }
    }
  }

  private static func octal(_ mode: mode_t) -> String { String(mode & 0o777, radix: 8) }

  /// For a command that a person can copy.
  private static func shellQuoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      byte >= 0x80 || "/._-+@%".utf8.contains(byte) || Unicode.Scalar(byte).properties.isAlphabetic
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    let text = VisibleText(path).text
    guard !isPlain else { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
