import Configuration
import Testing

@testable import tenantry

@Suite("The configuration file as a provider")
struct YAMLProviderTests {
  private func provider(_ text: String) throws -> YAMLProvider {
    var problems: [ConfigurationProblem] = []
    let root = try #require(YAMLNode.document(in: Array(text.utf8), problems: &problems))
    #expect(problems == [])
    return YAMLProvider(root: root)
  }

  @Test("a value is found by the names that lead to it, dots and all")
  func scopes() throws {
    let settings = ConfigReader(provider: try provider("profiles: {a.b: {per_page: 7, protected: [x, 'y z']}}"))
    let profile = settings.scoped(to: ConfigKey(["profiles"])).scoped(to: ConfigKey(["a.b"]))
    #expect(try profile.requiredInt(forKey: ConfigKey(["per_page"])) == 7)
    #expect(profile.stringArray(forKey: ConfigKey(["protected"])) == ["x", "y z"])
    #expect(profile.string(forKey: ConfigKey(["email"])) == nil)
    #expect(settings.string(forKey: ConfigKey(["profiles", "a", "b", "per_page"])) == nil)
    #expect(settings.string(forKey: ConfigKey(["profiles", "a.b", "per_page", "more"])) == nil)
  }

  @Test(
    "only a plain true, false or number is one",
    arguments: [
      ("yes", ConfigType.bool), ("'true'", .bool), ("'7'", .int), ("7.5", .int), ("x", .double), ("~", .string),
    ]
  )
  func types(text: String, type: ConfigType) throws {
    let provider = try provider("\n setting: \(text)")
    let error = #expect(throws: UnfitValue.self) {
      try provider.value(forKey: AbsoluteConfigKey(["setting"]), type: type)
    }
    #expect(error?.problems.map(\.line) == [2])
  }

  @Test("what the file says once, it says to everybody who asks", .timeLimit(.minutes(1)))
  func constant() async throws {
    let provider = try provider("theme: mono")
    let key = AbsoluteConfigKey(["theme"])
    let result = try provider.value(forKey: key, type: .string)
    #expect(result.value?.content == .string("mono"))
    #expect(try await provider.fetchValue(forKey: key, type: .string) == result)
    #expect(try provider.snapshot().value(forKey: key, type: .string) == result)
    let watched = try await provider.watchValue(forKey: key, type: .string) { updates -> LookupResult? in
      for await update in updates { return try update.get() }
      return nil
    }
    #expect(watched == result)
    let shown = try await provider.watchSnapshot { updates -> LookupResult? in
      for await update in updates { return try update.value(forKey: key, type: .string) }
      return nil
    }
    #expect(shown == result)
  }
}
