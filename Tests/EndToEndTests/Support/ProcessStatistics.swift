import FoundationEssentials

/// What the kernel has counted for a process and each of its threads.
struct ProcessStatistics: Sendable {
  /// What a thread has done.
  struct Work: Sendable {
    /// Time on a processor, in clock ticks of 10 ms.
    var ticks: Int
    /// How often it went to sleep of its own accord, which is how often it was woken.
    var wakeUps: Int
  }

  /// By their numbers; that of the main thread is the process's.
  let threads: [Int32: Work]
  /// Connections and other sockets that are open.
  let sockets: Int
  /// Memory in use, in KiB.
  let resident: Int

  init(of processID: Int32) throws {
    let folder = "/proc/\(processID)"
    var threads: [Int32: Work] = [:]
    for thread in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/task").compactMap({ Int32($0) }) {
      do {
        threads[thread] = try Self.work(in: "\(folder)/task/\(thread)")
      } catch  where !FileManager.default.fileExists(atPath: "\(folder)/task/\(thread)") {
        // It has ended meanwhile.
      }
    }
    self.threads = threads
    sockets = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd").count { descriptor in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/fd/\(descriptor)")
      return target?.hasPrefix("socket:") == true
    }
    resident = try Self.number("VmRSS:", in: "\(folder)/status")
  }

  /// What the threads that have done something since then have done.
  func work(since earlier: ProcessStatistics) -> [Int32: Work] {
    var work = threads
    for (thread, before) in earlier.threads {
      work[thread]?.ticks -= before.ticks
      work[thread]?.wakeUps -= before.wakeUps
    }
    return work.filter { $0.value.ticks != 0 || $0.value.wakeUps != 0 }
  }

  private static func work(in folder: String) throws -> Work {
    // The fields after the name, which is in parentheses: user and system time are the 12th and the 13th.
    let line = try text("\(folder)/stat")
    let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 13, let user = Int(fields[11]), let system = Int(fields[12]) else {
      throw HarnessFailure("\(folder)/stat reads \(line)")
    }
    return Work(ticks: user + system, wakeUps: try number("voluntary_ctxt_switches:", in: "\(folder)/status"))
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
