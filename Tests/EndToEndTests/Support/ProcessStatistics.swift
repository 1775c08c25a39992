import FoundationEssentials

/// What the kernel has counted for a process, over all its threads.
struct ProcessStatistics: Sendable {
  /// Time on a processor, in clock ticks of 10 ms.
  let ticks: Int
  /// How often a thread went to sleep of its own accord, which is how often it was woken.
  let wakeUps: Int
  /// Memory in use, in KiB.
  let resident: Int

  init(of processID: Int32) throws {
    let folder = "/proc/\(processID)"
    var ticks = 0
    var wakeUps = 0
    for thread in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/task") {
      // The fields after the name, which is in parentheses: user and system time are the 12th and the 13th.
      let line = try Self.text("\(folder)/task/\(thread)/stat")
      let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
      guard fields.count > 13, let user = Int(fields[11]), let system = Int(fields[12]) else {
        throw HarnessFailure("\(folder)/task/\(thread)/stat reads \(line)")
      }
      ticks += user + system
      wakeUps += try Self.number("voluntary_ctxt_switches:", in: "\(folder)/task/\(thread)/status")
    }
    self.ticks = ticks
    self.wakeUps = wakeUps
    resident = try Self.number("VmRSS:", in: "\(folder)/status")
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private static func number(_ name: String, in path: String) throws -> Int {
    for line in try text(path).split(separator: "\n") where line.hasPrefix(name) {
      let words = line.dropFirst(name.count).split(whereSeparator: \.isWhitespace)
      if let word = words.first, let number = Int(word) { return number }
    }
    throw HarnessFailure("\(path) has no \(name)")
  }
}
