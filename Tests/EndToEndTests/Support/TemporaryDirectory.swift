import FoundationEssentials

/// A fresh directory that only its owner can enter, for one test: home, state, configuration and the tmux socket.
struct TemporaryDirectory: Sendable {
  let path: String

  /// Made directly under `/tmp`, whatever `TMPDIR` says: the path of a Unix socket may have only 107 bytes.
  init() throws {
    path = "/tmp/tenantry-\(UUID().uuidString.prefix(13).lowercased())"
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700]
    )
  }

  func remove() throws {
    try FileManager.default.removeItem(atPath: path)
  }

  func path(of name: String) -> String { "\(path)/\(name)" }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(of: name))
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: path(of: name), atomically: false, encoding: .utf8)
  }

  /// The names in a directory in this one; none while it is not there.
  func contents(of name: String) throws -> [String] {
    exists(name) ? try FileManager.default.contentsOfDirectory(atPath: path(of: name)) : []
  }

  /// The text of a file in this directory, or nil while there is no such file.
  func text(of name: String) throws -> String? {
    guard exists(name) else { return nil }
    return try String(contentsOfFile: path(of: name), encoding: .utf8)
  }
}
