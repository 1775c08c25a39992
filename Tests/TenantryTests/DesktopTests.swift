import FoundationEssentials
import Glibc
import Testing

@testable import tenantry

@Suite("The desktop's programs")
struct DesktopTests {
  @Test("only programs that can work here are taken, and none for copying when signed in from elsewhere")
  func choice() {
    func programs(_ variables: [String: String]) -> DesktopPrograms {
      DesktopPrograms({ variables.merging(["PATH": "relative:/a:/b"]) { $1 }[$0] }, isProgram: { $0.hasPrefix("/b/") })
    }
    #expect(programs([:]).copying.map(\.name) == ["pbcopy"])
    #expect(programs([:]).opening == nil)
    #expect(programs(["WAYLAND_DISPLAY": "wayland-0"]).copying.map(\.path) == ["/b/wl-copy", "/b/pbcopy"])
    #expect(programs(["DISPLAY": ":0"]).copying.map(\.name) == ["xclip", "xsel", "pbcopy"])
    #expect(programs(["DISPLAY": ":0"]).opening?.path == "/b/xdg-open")
    #expect(programs(["DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"]).copying == [])
    #expect(programs(["DISPLAY": ""]).opening == nil)
  }

  @Test("the text goes to the first program that takes it, without a shell")
  func copying() async throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    try await program("wl-copy", "cat > /dev/null; exit 1", in: directory)
    try await program("xclip", "cat > \(directory.path)/copied", in: directory)
    let text = "$(touch x) ' \" 東\n"
    let desktop = desktop(directory)
    #expect(await desktop.copy(text) == "xclip")
    #expect(try String(contentsOfFile: directory.path + "/copied", encoding: .utf8) == text)
  }

  @Test("a program gets the environment without credentials")
  func withoutCredentials() async throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    let texts: [String] = ["CLOUDFLARE_API_TOKEN=s3cret", "CLOUDFLARE_EMAIL=a@b.example", "DISPLAY=:7"]
    let variables = texts.map { strdup($0) } + [nil]
    defer { for variable in variables { free(variable) } }
    let arguments = ["-c", "env > \(directory.path)/variables"]
    let program = DetachedProgram("/bin/sh", arguments, input: [], environment: variables)
    #expect(await program?.ending(within: .seconds(20)) == 0)
    let seen = try String(contentsOfFile: directory.path + "/variables", encoding: .utf8)
    #expect(seen.contains("DISPLAY=:7") && !seen.contains("CLOUDFLARE_"))
  }

  @Test("an address is handed on as one word, and a program that fails is noticed")
  func opening() async throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    #expect(await !desktop(directory).open("https://dash.cloudflare.com/a"))
    try await program("xdg-open", "printf %s \"$*\" > \(directory.path)/opened", in: directory)
    #expect(await desktop(directory).open("https://dash.cloudflare.com/a b"))
    #expect(
      try String(contentsOfFile: directory.path + "/opened", encoding: .utf8) == "https://dash.cloudflare.com/a b")
    try await program("xdg-open", "exit 3", in: directory)
    #expect(await !desktop(directory).open("https://dash.cloudflare.com/a"))
  }

  private func desktop(_ directory: ConfigurationDirectory) -> SystemDesktop {
    let variables = ["PATH": directory.path, "DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"]
    return SystemDesktop({ variables[$0] }, copyLimit: .seconds(20), openLimit: .seconds(20))
  }

  /// Written by another process: whatever is started by other tests meanwhile would inherit the open file, and a program
  /// that somebody may write to cannot be run.
  private func program(_ name: String, _ script: String, in directory: ConfigurationDirectory) async throws {
    let path = "\(directory.path)/\(name)"
    let arguments = ["-c", "cat > \(path).new && chmod 700 \(path).new && mv \(path).new \(path)"]
    let writing = DetachedProgram("/bin/sh", arguments, input: Array("#!/bin/sh\n\(script)\n".utf8))
    #expect(await writing?.ending(within: .seconds(20)) == 0)
  }
}
