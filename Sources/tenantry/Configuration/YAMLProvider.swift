import Configuration

/// The configuration file, for the readers of swift-configuration: a value is found by the names that lead to it.
///
/// The library's own provider for YAML keeps neither the lines nor what is given twice, and people have to be told of
/// both.
struct YAMLProvider: ConfigProvider, ConfigSnapshot {
  let providerName = "configuration file"
  let root: YAMLNode

  /// - Throws: ``UnfitValue`` when there is a value that is none of this type.
  func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
    let content = try root.entry(of: key.components[...])?.content(as: type)
    return LookupResult(
      encodedKey: key.components.joined(separator: "."), value: content.map { ConfigValue($0, isSecret: false) })
  }

  // The file is read once: what it says does not change any more.

  func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
    try value(forKey: key, type: type)
  }

  nonisolated(nonsending) func watchValue<Return: ~Copyable>(
    forKey key: AbsoluteConfigKey, type: ConfigType,
    updatesHandler:
      nonisolated(nonsending) (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>)
      async throws -> Return
  ) async throws -> Return {
    try await watchValueFromValue(forKey: key, type: type, updatesHandler: updatesHandler)
  }

  func snapshot() -> any ConfigSnapshot { self }

  nonisolated(nonsending) func watchSnapshot<Return: ~Copyable>(
    updatesHandler:
      nonisolated(nonsending) (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>)
      async throws -> Return
  ) async throws -> Return {
    try await watchSnapshotFromSnapshot(updatesHandler: updatesHandler)
  }
}

/// A value that is not what its setting takes.
struct UnfitValue: Error {
  /// At least one.
  var problems: [ConfigurationProblem]
}

extension YAMLNode {
  fileprivate func entry(of names: ArraySlice<String>) -> YAMLEntry? {
    guard case .mapping(let entries) = content, let name = names.first,
      let entry = entries.first(where: { $0.key == name })
    else { return nil }
    return names.count == 1 ? entry : entry.value.entry(of: names.dropFirst())
  }
}

extension YAMLEntry {
  /// Only what is written without quotation marks is more than text, and `true` and `false` alone are truth values: of
  /// `yes`, `on` and the rest of YAML 1.1 nobody knows what they will be taken for.
  fileprivate func content(as type: ConfigType) throws(UnfitValue) -> ConfigContent {
    switch (type, value.content) {
    case (.string, .scalar(let text, _)):
      if text.isEmpty || value.isNull { throw unfit("has no value; give it one, or leave it out") }
      return .string(text)
    case (.string, _): throw unfit("must be one text")
    case (.bool, .scalar("true", isPlain: true)): return .bool(true)
    case (.bool, .scalar("false", isPlain: true)): return .bool(false)
    case (.bool, _): throw unfit("must be true or false")
    case (.int, .scalar(let text, isPlain: true)):
      guard let number = Int(text) else { throw unfit("must be a number") }
      return .int(number)
    case (.int, _): throw unfit("must be a number")
    case (.stringArray, .sequence(let nodes)): return .stringArray(try texts(of: nodes))
    case (.stringArray, _): throw unfit("must be a list, as in \(key): [one, another]")
    default: throw unfit("cannot be read as \(type.rawValue)")
    }
  }

  private func texts(of nodes: [YAMLNode]) throws(UnfitValue) -> [String] {
    var texts: [String] = []
    var problems: [ConfigurationProblem] = []
    for node in nodes {
      switch node.content {
      // Told already.
      case .unusable: break
      case .scalar(let text, _) where !text.isEmpty && !node.isNull: texts.append(text)
      default: problems.append(ConfigurationProblem(line: node.line, text: "each entry of \(key) must be one text"))
      }
    }
    guard problems.isEmpty else { throw UnfitValue(problems: problems) }
    return texts
  }

  private func unfit(_ text: String) -> UnfitValue {
    UnfitValue(problems: [ConfigurationProblem(line: line, text: "\(key) \(text)")])
  }
}
