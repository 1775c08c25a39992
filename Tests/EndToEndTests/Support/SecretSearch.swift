import FoundationEssentials

/// Looks for the sandbox's credentials where none may be: on screens, in files, in the arguments of a process.
///
/// Every terminal of these tests is searched, on each screen that a test looks at and in all that is left behind in its
/// home; see ``TmuxSession``.
enum SecretSearch {
  static let secrets = [SandboxCredentials.key, SandboxCredentials.userToken, SandboxCredentials.accountToken].flatMap {
    // As a server may send it back: as it is, with each character as an escape, and in Base64.
    [$0, percentEncoded($0), Data($0.utf8).base64EncodedString()]
  }

  static func percentEncoded(_ secret: String) -> String {
    secret.utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
  }

  /// - Throws: ``HarnessFailure`` that says where, and what stands around it.
  static func expectNone(in text: some StringProtocol, of place: String) throws {
    for secret in secrets where text.contains(secret) {
      throw HarnessFailure("a credential of the sandbox is in \(place)")
    }
  }

  /// Searches all files below a directory.
  ///
  /// - Returns: how many were searched.
  @discardableResult
  static func expectNone(inFilesOf directory: String) throws -> Int {
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
      let path = "\(directory)/\(name)"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: count += try expectNone(inFilesOf: path)
      case .typeRegular:
        let bytes = try Data(contentsOf: URL(filePath: path))
        try expectNone(in: String(decoding: bytes, as: UTF8.self), of: path)
        count += 1
      default: break
      }
    }
    return count
  }

  /// Searches what `ps` shows of a process to everybody.
  static func expectNone(inArgumentsOf process: Int32) throws {
    guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline")) else { return }
    try expectNone(in: String(decoding: bytes, as: UTF8.self), of: "the arguments of process \(process)")
  }
}
