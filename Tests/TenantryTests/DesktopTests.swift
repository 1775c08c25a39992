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

  @Test("the text goes to the first program that takes it, without a shell and without credentials")
  func copying() async throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    setenv("CLOUDFLARE_TEST_ONLY", "secret", 1)
    defer { unsetenv("CLOUDFLARE_TEST_ONLY") }
    try program("wl-copy", "cat > /dev/null; exit 1", in: directory)
    try program("xclip", "cat > \(directory.path)/copied; env > \(directory.path)/variables", in: directory)
    let text = "$(touch x) ' \" 東\n"
    let desktop = desktop(directory)
    #expect(await desktop.copy(text) == "xclip")
    #expect(try String(contentsOfFile: directory.path + "/copied", encoding: .utf8) == text)
    #expect(try !String(contentsOfFile: directory.path + "/variables", encoding: .utf8).contains("CLOUDFLARE_"))
  }

  @Test("an address is handed on as one word, and a program that fails is noticed")
  func opening() async throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    #expect(await !desktop(directory).open("https://dash.cloudflare.com/a"))
    try program("xdg-open", "printf %s \"$*\" > \(directory.path)/opened", in: directory)
    #expect(await desktop(directory).open("https://dash.cloudflare.com/a b"))
    #expect(
      try String(contentsOfFile: directory.path + "/opened", encoding: .utf8) == "https://dash.cloudflare.com/a b")
    try program("xdg-open", "exit 3", in: directory)
    #expect(await !desktop(directory).open("https://dash.cloudflare.com/a"))
  }

  private func desktop(_ directory: ConfigurationDirectory) -> SystemDesktop {
    SystemDesktop { ["PATH": directory.path, "DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"][$0] }
  }

  private func program(_ name: String, _ script: String, in directory: ConfigurationDirectory) throws {
    let path = "\(directory.path)/\(name)"
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: false, encoding: .utf8)
    guard chmod(path, 0o700) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }
}
