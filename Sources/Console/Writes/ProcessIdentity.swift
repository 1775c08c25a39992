import Glibc

/// Names a process, so that it can be told later whether it still runs. Numbers of processes are used again; the start
/// time tells them apart.
struct ProcessIdentity: Sendable, Hashable, Codable {
  var id: Int32
  /// Clock ticks from the start of the system to that of the process; 0 when the system does not tell.
  var started: UInt64
  /// Names the running system and its table of processes; empty when it does not tell.
  var system: String

  /// This very process.
  static let current = ProcessIdentity(
    id: getpid(), started: startTime(of: getpid()) ?? 0, system: currentSystem)

  enum Life: Sendable, Equatable {
    case running, ended
    /// It was started on another system, or before this one was: nothing can be said from here.
    case outOfSight
  }

  /// Whether the process runs now.
  var life: Life {
    guard !system.isEmpty, system == Self.currentSystem else { return .outOfSight }
    return Self.startTime(of: id) == started ? .running : .ended
  }

  private static let currentSystem: String = {
    guard let boot = text(of: "/proc/sys/kernel/random/boot_id") else { return "" }
    // Each container has its own process numbers.
    var target = [CChar](repeating: 0, count: 64)
    let length = readlink("/proc/self/ns/pid", &target, target.count - 1)
    let table = length > 0 ? String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    return boot.filter { $0.isHexDigit } + " " + table.filter(\.isNumber)
  }()

  /// - Returns: `nil` when there is no such process, or only what is left of one that has ended.
  private static func startTime(of id: Int32) -> UInt64? {
    // The name, in parentheses, may hold any character. State and start time are the 1st and 20th field after it.
    guard let line = text(of: "/proc/\(id)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  private static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
