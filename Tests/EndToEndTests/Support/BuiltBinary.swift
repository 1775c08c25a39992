import FoundationEssentials

/// The program under test, as the build that made these tests left it.
enum BuiltBinary {
  /// SwiftPM puts the products of a build beside its test bundle, whatever the scratch path and the configuration.
  static var path: String {
    get throws {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let folder = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let program = "\(folder)/tenantry"
      guard FileManager.default.isExecutableFile(atPath: program) else {
        throw HarnessFailure("there is no program at \(program): build it first, by swift build or swift test")
      }
      return program
    }
  }
}
