import Testing

@testable import tenantry

@Suite("Arguments")
struct ArgumentsTests {
  @Test("what is not parsed, to be quicker, asks for the same as what is", arguments: [[], ["--sandbox"]])
  func shortcut(arguments: [String]) throws {
    let short = try #require(Main.shortcut(arguments[...]))
    #expect("\(short)" == "\(try Tenantry.parse(arguments).consoleRun)")
  }

  @Test("everything else is parsed", arguments: [["--plain"], ["--sandbox", "--plain"], ["sandbox"], [""]])
  func others(arguments: [String]) {
    #expect(Main.shortcut(arguments[...]).map { "\($0)" } == nil)
  }
}
