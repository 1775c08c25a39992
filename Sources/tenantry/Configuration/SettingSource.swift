/// Where the value of a setting comes from.
enum SettingSource: Sendable, Equatable, CustomStringConvertible {
  /// An option of the command line, as it is written: `--base-url`.
  case argument(String)
  /// Variables of the environment.
  case environment([String])
  /// A line of the configuration file.
  case file(path: String, line: Int)
  /// Nobody has said anything.
  case standard

  var description: String {
    switch self {
    case .argument(let name): name
    case .environment(let names): names.joined(separator: " and ")
    case .file(let path, let line): "\(VisibleText(path).text):\(line)"
    case .standard: "default"
    }
  }
}

/// A value with where it comes from.
struct Sourced<Value: Sendable>: Sendable {
  var value: Value
  var source: SettingSource

  init(_ value: Value, _ source: SettingSource) {
    self.value = value
    self.source = source
  }
}

extension Sourced: Equatable where Value: Equatable {}
