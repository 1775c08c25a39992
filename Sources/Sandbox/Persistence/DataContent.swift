/// What a data file keeps, read and judged.
struct DataContent {
  let header: DataFile.Header
  let state: AccountState
  /// How many changes were read.
  let changes: Int
  /// How many bytes of the file are good: all but a last line without a line break.
  let length: Int
  /// Of the last good line.
  let checksum: UInt32

  static let format = "tenantry-sandbox"
  static let version = 1

  init(_ bytes: [UInt8], path: String, deletionDelay: Duration) throws(SystemError) {
    let damaged = { (reason: String) in SystemError.refused(.damaged(dataFile: path, reason: reason)) }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    // After the last line break comes nothing, or the line that a killed process was writing.
    let torn = lines.removeLast()

    guard let first = lines.popFirst(), let (json, sum) = DataLine.read(first, after: 0) else {
      throw damaged("it does not begin as a data file of this program does")
    }
    guard json["format"] == .string(Self.format), json["version"] == .integer(Self.version),
      let accounts = json["accounts"]?.integer, SandboxOptions.accountBounds.contains(accounts),
      let seed = json["seed"]?.string.flatMap({ UInt64($0) })
    else { throw damaged("it is of another format or version") }

    var state = AccountState(catalog: Catalog(seed: seed, count: accounts), deletionDelay: deletionDelay)
    var checksum = sum
    for (number, line) in lines.enumerated() {
      guard let (json, sum) = DataLine.read(line, after: checksum) else {
        throw damaged("line \(number + 2) is not as it was written")
      }
      guard let change = AccountChange(json), state.canApply(change) else {
        throw damaged("line \(number + 2) makes no sense after those before it")
      }
      state.apply(change)
      checksum = sum
    }
    self.header = DataFile.Header(accounts: accounts, seed: seed)
    self.state = state
    self.changes = lines.count
    self.length = bytes.count - torn.count
    self.checksum = checksum
  }
}
