/// The programs of a desktop that can work where this process runs.
struct DesktopPrograms: Equatable {
  struct Program: Equatable {
    var name: String
    var path: String
    var arguments: [String]
  }

  /// Those that take a text for the clipboard on their standard input, the most fitting first.
  var copying: [Program] = []
  var opening: Program?

  /// - Parameter isProgram: whether there is a program at a path.
  init(_ environment: (String) -> String?, isProgram: (String) -> Bool) {
    let directories = (environment("PATH") ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    func program(_ name: String, _ arguments: String...) -> Program? {
      directories.map { "\($0)/\(name)" }.first(where: isProgram).map {
        Program(name: name, path: $0, arguments: arguments)
      }
    }
    let hasWayland = variable("WAYLAND_DISPLAY", in: environment) != nil
    let hasX = variable("DISPLAY", in: environment) != nil
    if hasWayland || hasX { opening = program("xdg-open") }
    // Signed in from elsewhere, the clipboard is where the terminal is, and not where these programs are.
    let isRemote = ["SSH_TTY", "SSH_CONNECTION"].contains { variable($0, in: environment) != nil }
    guard !isRemote else { return }
    if hasWayland { copying += [program("wl-copy")].compactMap(\.self) }
    if hasX {
      copying += [
        program("xclip", "-selection", "clipboard", "-in"), program("xsel", "--clipboard", "--input"),
      ].compactMap(\.self)
    }
    copying += [program("pbcopy")].compactMap(\.self)
  }
}
