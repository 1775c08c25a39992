import CNcurses
import Glibc
import Terminal
import Testing

@testable import Curses

extension TerminalScreenTests {
  /// Among these tests, since signals are the whole process's.
  @MainActor
  @Suite("Lines in and out")
  struct LineTerminalTests {
    /// Two pipes, with the terminal between them.
    private struct Pipes {
      var input: (read: Int32, write: Int32)
      var output: (read: Int32, write: Int32)

      init() throws {
        func ends() throws -> (Int32, Int32) {
          var ends: [Int32] = [-1, -1]
          try #require(pipe(&ends) == 0)
          return (ends[0], ends[1])
        }
        (input, output) = (try ends(), try ends())
      }

      func say(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(write(input.write, bytes, bytes.count) == bytes.count)
      }

      @MainActor
      func terminal() throws -> LineTerminal {
        try LineTerminal(
          input: input.read, output: output.write, isASCII: false, environment: TerminalEnvironment(locale: "C.UTF-8"))
      }
    }

    @Test("all that was written ahead is dropped and counted, however much it is, and what comes then is taken")
    func writtenAhead() throws {
      let pipes = try Pipes()
      let terminal = try pipes.terminal()
      defer { for end in [pipes.input.read, pipes.output.read, pipes.output.write] { close(end) } }
      defer { terminal.close() }
      pipes.say(String(repeating: "yes\n", count: 5_000) + "Acc")
      #expect(terminal.discardTypedAhead() == 5_001)
      #expect(terminal.nextLine() == nil)
      pipes.say("ount\nno\n")
      close(pipes.input.write)
      var lines: [LineInput] = []
      terminal.run { _ in
      } settle: {
        while let line = terminal.nextLine() {
          lines.append(line)
          guard line != .end else { return terminal.stop() }
        }
      }
      #expect(lines == [.text("no"), .end])
      #expect(terminal.discardTypedAhead() == 0)
    }

    @Test("when nobody reads any more, the program is to end, and that is told once")
    func brokenPipe() throws {
      let pipes = try Pipes()
      let terminal = try pipes.terminal()
      defer { for end in [pipes.input.read, pipes.input.write, pipes.output.write] { close(end) } }
      defer { terminal.close() }
      close(pipes.output.read)
      terminal.write("one\n")
      terminal.write("two\n")
      #expect(kill(getpid(), SIGINT) == 0)
      var events: [LineTerminal.Event] = []
      terminal.run { event in
        events.append(event)
        if events.count == 2 { terminal.stop() }
      } settle: {
      }
      #expect(events == [.terminate, .interrupt])
    }

    @Test("an output that was set not to block is waited for")
    func fullPipe() async throws {
      let pipes = try Pipes()
      let terminal = try pipes.terminal()
      defer { for end in [pipes.input.read, pipes.input.write, pipes.output.read] { close(end) } }
      defer { terminal.close() }
      #expect(fcntl(pipes.output.write, F_SETFL, O_NONBLOCK) == 0)
      let source = pipes.output.read
      let reading = Task.detached {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
          let count = read(source, &piece, piece.count)
          guard count > 0 else { return bytes }
          bytes += piece[..<count]
        }
      }
      let text = String(repeating: "0123456789abcde\n", count: 64_000)
      terminal.write(text)
      close(pipes.output.write)
      #expect(await reading.value.elementsEqual(text.utf8))
    }
  }
}
