import FoundationEssentials
import Glibc
import Logging
import Synchronization
import Testing

@testable import Cloudflare

/// A directory of its own, removed afterwards.
private func withDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  let path = "\(temporaryDirectory())/tenantry-log-\(UInt64.random(in: 0...UInt64.max))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  do {
    let value = try await body(path)
    try FileManager.default.removeItem(atPath: path)
    return value
  } catch {
    try FileManager.default.removeItem(atPath: path)
    throw error
  }
}

private func mode(_ path: String) -> mode_t {
  var status = stat()
  stat(path, &status)
  return status.st_mode & 0o777
}

private func contents(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}

/// A log line as it is read back.
private struct Line: Decodable {
  var time: String
  var level: String
  var message: String
  var method: String?
  var path: String?
  var page: String?
  var status: String?
  var ray: String?
  var attempt: String?
  var duration: String?
  var cause: String?
  var codes: String?

  enum CodingKeys: String, CodingKey {
    case time, level, message, method, path, page, status, attempt, cause, codes
    case ray = "cf_ray"
    case duration = "duration_ms"
  }
}

@Suite("The log")
struct LoggingTests {
  @Test("One structured line for each attempt, in a file for its owner only, and never a credential or a body")
  func lines() async throws {
    try await withDirectory { directory in
      let path = directory + "/log"
      let file = try LogFile(path: path)
      let logger = Logger(label: "tenantry") { _ in FileLogHandler(file: file) }
      try await withClient(
        change: { $0.logger = logger },
        script: { number, request in
          switch number {
          case 0: [Reply.http(503, Reply.failure(1, "sensitive words"), headers: ["cf-ray: ray-0"])]
          case 1: [Reply.http(200, Reply.envelope("[\(Reply.account())]"), headers: ["cf-ray: ray-1"])]
          case 2: [Reply.http(403, Reply.failure(10000, "sensitive words"))]
          default: [.reset]
          }
        },
        { client, _ in
          _ = try await client.list(ListQuery(page: 2, perPage: 50, name: "sensitive name"))
          _ = try await failure { try await client.delete(id: Reply.accountID) }
          let account = NewAccount(name: "sensitive name", type: .standard)
          _ = try await failure { try await client.create(account, idempotencyKey: "k") }
        })
      let text = try contents(path)
      let lines = try text.split(separator: "\n").map { try decode(Line.self, String($0)) }
      #expect(lines.map(\.method) == ["GET", "GET", "DELETE", "POST"])
      #expect(lines.map(\.status) == ["503", "200", "403", nil])
      #expect(lines.map(\.attempt) == ["1", "2", "1", "1"])
      #expect(lines.map(\.ray) == ["ray-0", "ray-1", nil, nil])
      #expect(lines.map(\.cause) == ["server_fault", nil, "refused", "interrupted"])
      #expect(lines.map(\.codes) == ["1", nil, "10000", nil])
      #expect(lines.map(\.level) == ["warning", "info", "warning", "warning"])
      #expect(lines[0].path == "/accounts" && lines[2].path == "/accounts/\(Reply.accountID)")
      #expect(lines[0].page == "2")
      #expect(lines.allSatisfy { $0.duration.flatMap(Int.init) != nil })
      #expect(lines.allSatisfy { $0.time.count == 24 && $0.time.hasSuffix("Z") && $0.time.hasPrefix("20") })
      for secret in [Secrets.token, "sensitive", "Harbor", "Bearer", "authorization"] {
        #expect(!text.contains(secret))
      }
      #expect(mode(path) == 0o600)
      #expect(file.failure == nil)
    }
  }

  @Test("No line about any fault holds a credential")
  func everyFault() async throws {
    let texts = Mutex("")
    let handler = CapturingHandler { event in texts.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" } }
    for fault in Fault.allCases {
      try await withClient(
        credentials: .key(email: "a@b.example", key: Secret(Secrets.key)),
        change: { $0.logger = Logger(label: "x") { _ in handler } }, script: { _, _ in fault.steps }
      ) { client, _ in
        _ = try await failure { try await client.list(.first) }
        _ = try await failure { try await client.delete(id: "x") }
      }
    }
    let text = texts.withLock { $0 }
    #expect(text.split(separator: "\n").count == Fault.passing.count * 4 + 2)
    #expect(!text.contains(Secrets.key) && !text.contains("a@b.example"))
  }

  @Test("A line cannot be broken or forged, nor steer a terminal")
  func hostile() async throws {
    try await withDirectory { directory in
      let file = try LogFile(path: directory + "/log")
      let logger = Logger(label: "x") { _ in FileLogHandler(file: file) }
      let words = "a\"b\\c\nd\re\tf\u{1B}[2Jg\u{202E}h\u{2028}i\u{0}j\u{E0041}k🙂"
      logger.info("\(words)", metadata: ["\(words)": "\(words)"])
      let text = try contents(file.path)
      #expect(text.split(separator: "\n").count == 1)
      #expect(!text.unicodeScalars.dropLast().contains { $0.value < 0x20 || $0.value == 0x202E || $0.value == 0xE0041 })
      let object = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
      #expect(object["message"] == words && object[words] == words)
    }
  }

  @Test("Lines are appended, and a file that others could read is closed to them")
  func appended() async throws {
    try await withDirectory { directory in
      let path = directory + "/log"
      try Data("before\n".utf8).write(to: URL(filePath: path))
      chmod(path, 0o644)
      let files = [try LogFile(path: path), try LogFile(path: path)]
      for number in 0..<100 { files[number % 2].append("line \(number)") }
      #expect(try contents(path) == "before\n" + (0..<100).map { "line \($0)\n" }.joined())
      #expect(mode(path) == 0o600)
    }
  }

  @Test("Lines from many tasks never mix")
  func concurrent() async throws {
    try await withDirectory { directory in
      let file = try LogFile(path: directory + "/log")
      await withTaskGroup(of: Void.self) { group in
        for task in 0..<8 {
          group.addTask {
            for _ in 0..<50 { file.append(String(repeating: "\(task)", count: 500)) }
          }
        }
      }
      let lines = try contents(file.path).split(separator: "\n")
      #expect(lines.count == 400)
      #expect(lines.allSatisfy { $0.count == 500 && Set($0).count == 1 })
    }
  }

  @Test("Symbolic links, pipes, directories and places that are not there are refused")
  func refused() async throws {
    try await withDirectory { directory in
      func reason(_ name: String) -> String? {
        #expect(throws: LogFileError.self) { try LogFile(path: directory + name) }?.reason
      }
      try Data().write(to: URL(filePath: directory + "/target"))
      symlink(directory + "/target", directory + "/link")
      symlink(directory + "/nowhere", directory + "/dangling")
      mkfifo(directory + "/pipe", 0o600)
      #expect(reason("/link") == "it is a symbolic link")
      #expect(reason("/dangling") == "it is a symbolic link")
      #expect(reason("/pipe") == "it is a pipe or a device without a reader")
      #expect(reason("") == "it is a directory")
      #expect(reason("/no/log") == "there is no such file or directory")
      #expect(reason("/target/log") == "a part of its path is not a directory")
      #expect(try contents(directory + "/target").isEmpty)
    }
  }

  @Test("A line that cannot be written is told")
  func fullDisk() throws {
    let error = #expect(throws: LogFileError.self) { try LogFile(path: "/dev/full") }
    #expect(error?.reason == "it is not an ordinary file")
    let file = LogFile(path: "/dev/full", descriptor: open("/dev/full", O_WRONLY | O_CLOEXEC))
    file.append("x")
    #expect(file.failure == "the disk is full")
  }
}

private struct CapturingHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .trace
  var metadataProvider: Logger.MetadataProvider?
  var capture: @Sendable (LogEvent) -> Void

  init(_ capture: @escaping @Sendable (LogEvent) -> Void) {
    self.capture = capture
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    capture(event)
  }
}
