import FoundationEssentials
import Testing

/// A recorded text beside the tests.
struct Snapshot {
  let name: String

  func check(_ text: String) throws {
    let path = Self.folder + name + ".txt"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data((text + "\n").utf8).write(to: URL(filePath: path))
      return
    }
    let recorded = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    #expect(recorded == text + "\n", "\(name) is not as recorded:\n\(text)")
  }

  private static let folder: String = {
    let support = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return support.dropLast().joined(separator: "/") + "/Snapshots/"
  }()
}
