import FoundationEssentials
import Glibc

@testable import tenantry

/// A directory with a configuration file in it, for one test.
struct ConfigurationDirectory {
  let path: String
  var file: String { path + "/config.yaml" }

  init() throws {
    path = "/tmp/tenantry-configuration-\(UUID().uuidString.prefix(13).lowercased())"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  func remove() {
    // What cannot be removed stays under /tmp.
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ text: String, mode: mode_t = 0o600) throws {
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    guard chmod(file, mode) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  /// Reads a file with this text, and removes it.
  static func read(
    _ text: String, mode: mode_t = 0o600, person: uid_t = geteuid()
  ) throws -> Result<ConfigurationFile?, ConfigurationError> {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    try directory.write(text, mode: mode)
    return Result { () throws(ConfigurationError) in try ConfigurationFile.read(directory.file, person: person) }
  }

  /// The problems of a file with this text, as `line: text`.
  static func problems(_ text: String, mode: mode_t = 0o600, person: uid_t = geteuid()) throws -> [String] {
    switch try read(text, mode: mode, person: person) {
    case .success: []
    case .failure(let error):
      error.lines.map { $0.hasPrefix(error.path) ? String($0.dropFirst(error.path.count + 1)) : $0 }
    }
  }
}
