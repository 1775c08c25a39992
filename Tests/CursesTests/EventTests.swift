import CNcurses
import Glibc
import Terminal
import Testing

@testable import Curses

extension TerminalScreenTests {
  @MainActor
  @Suite("Events")
  struct EventTests {
    @Test(
      "Keys arrive in the terminal's own forms and in others",
      arguments: [
        ("é東😀", [.character("é"), .character("東"), .character("😀")]),
        ("\u{1B}OA\u{1B}[A\u{1B}OB\u{1B}[B", [.up, .up, .down, .down]),
        ("\u{1B}OH\u{1B}[H\u{1B}[1~\u{1B}[3~\u{1B}[5~\u{1B}[Z", [.home, .home, .home, .delete, .pageUp, .backTab]),
        ("\u{1B}OP\u{1B}[15~\u{1B}[24~", [.function(1), .function(5), .function(12)]),
        ("\u{7F}\u{8}\r\n\t", [.backspace, .backspace, .enter, .enter, .tab]),
        ("\u{3}\u{1A}\u{1C}\u{13}", [.control("c"), .control("z"), .control("\\"), .control("s")]),
        ("\u{1B}x\u{1B}[1;5Cq", [.alt("x"), .other, .character("q")]),
        ("\u{1B}[999zq", [.other, .character("q")]), ("\u{1B}", [.escape]),
      ] as [(String, [Key])])
    func keys(text: String, expected: [Key]) async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type(text)
        #expect(await screen.events(expected.count) == expected.map(TerminalEvent.key))
      }
    }

    @Test("A byte that is no UTF-8 loses nothing that comes behind it")
    func illFormedInput() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type([0xE9] + Array("quit".utf8))
        #expect(await screen.events(5) == [.key(.other)] + "quit".unicodeScalars.map { .key(.character($0)) })
      }
    }

    @Test("A paste is one event, however it arrives")
    func paste() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type("\u{1B}[200~Café 東\rD")
        await TerminalScreenTests.wait {
          screen.readWhatIsThere()
          return screen.inputDeadline != nil && screen.unreadBytes == 0
        }
        terminal.type([0xE6, 0x9D])
        terminal.type([0xB1] + Array("\u{1B}[201~q".utf8))
        #expect(await screen.events(2) == [.paste("Café 東\nD東"), .key(.character("q"))])
      }
    }

    @Test("The focus is told, as a person at the keyboard changes it, and is no key")
    func focus() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type("a\u{1B}[O\u{1B}[Ib")
        #expect(await screen.events(4) == [.key(.character("a")), .focusLost, .focusGained, .key(.character("b"))])
      }
    }

    @Test("A long paste is read in large pieces, kept to its limit, and takes no key behind it along")
    func largePaste() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        let text = Array(String(repeating: "0123456789abcde\r", count: 6_144).utf8)
        let pieces = stride(from: 0, to: text.count, by: 2_048).map { Array(text[$0..<$0 + 2_048]) }
        var events: [TerminalEvent] = []
        for piece in [Array("\u{1B}[200~".utf8)] + pieces + [Array("\u{1B}[201~q\u{1B}[A".utf8)] {
          terminal.type(piece)
          await TerminalScreenTests.wait {
            screen.readWhatIsThere()
            while let event = screen.queue.popFirst() { events.append(event) }
            return screen.unreadBytes == 0
          }
        }
        #expect(
          await events + screen.events(3 - events.count) == [
            .paste(String(decoding: text.prefix(PasteCollector.byteLimit), as: UTF8.self).replacing("\r", with: "\n")),
            .key(.character("q")), .key(.up),
          ])
      }
    }

    @Test("Keys that arrive at once, as of a paste without marks, are told from keys that are typed")
    func burst() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type("Dn\rq 12345")
        #expect(
          await screen.events(1).first
            == .burst([.character("D"), .character("n"), .enter] + "q 12345".unicodeScalars.map(Key.character)))
      }
    }

    @Test("What was typed ahead is dropped, and what is told stays")
    func typedAhead() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.type("DDD")
        #expect(kill(getpid(), SIGTERM) == 0)
        // Events wait in the queue, more keys in the kernel, and a paste is half here.
        await TerminalScreenTests.wait {
          screen.readWhatIsThere()
          return screen.queue.count >= 4
        }
        terminal.type("D\u{1B}[200~D")
        await TerminalScreenTests.wait { screen.unreadBytes == 8 }
        screen.discardTypedAhead()
        terminal.type("D\u{1B}[201~q")
        #expect(await screen.events(2) == [.terminate, .key(.character("q"))])
      }
    }

    @Test("A new size is told once, and everything is drawn in it")
    func resize() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        screen.show(TerminalScreenTests.frame("alpha"))
        _ = await terminal.output()
        let smaller = Size(width: 10, height: 5)
        terminal.resize(to: Size(width: 30, height: 6))
        kill(getpid(), SIGWINCH)
        await TerminalScreenTests.wait {
          screen.readWhatIsThere()
          return screen.size.width == 30
        }
        terminal.resize(to: smaller)
        kill(getpid(), SIGWINCH)
        kill(getpid(), SIGWINCH)
        await TerminalScreenTests.wait {
          screen.readWhatIsThere()
          return screen.size == smaller
        }
        terminal.type("q")
        #expect(await screen.events(2) == [.resize(smaller), .key(.character("q"))])
        screen.show(TerminalScreenTests.frame("alpha", size: smaller))
        #expect(await terminal.output().contains("alpha"))
        // What a line tells that knows no sizes.
        terminal.resize(to: Size(width: 0, height: 0))
        screen.checkSize()
        #expect(screen.queue.isEmpty)
        #expect(screen.size == smaller)
      }
    }

    @Test(
      "Who asks the program to end is heard",
      arguments: [(SIGINT, .terminate), (SIGTERM, .terminate), (SIGQUIT, .terminate), (SIGHUP, .hangup)]
        as [(Int32, TerminalEvent)])
    func ends(signal: Int32, event: TerminalEvent) async throws {
      try await TerminalScreenTests.withScreen { screen, _ in
        kill(getpid(), signal)
        #expect(await screen.events(1) == [event])
      }
    }

    @Test("A terminal that goes away is told once, after the keys before, and is not waited for any more")
    func hangup() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        terminal.hangUp()
        #expect(await screen.events(1) == [.hangup])
        kill(getpid(), SIGHUP)
        kill(getpid(), SIGTERM)
        #expect(await screen.events(1) == [.terminate])
        screen.show(TerminalScreenTests.frame("into the void"))
      }
    }

    @Test("An error while reading is the end of the terminal, and is told once")
    func readError() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        // Reading a directory is an error, and there is always something to read from it, as in an orphan's background.
        let directory = open("/", O_RDONLY | O_CLOEXEC)
        defer { close(directory) }
        screen.session.input = InputReader(descriptor: directory, escapeDelay: 25)
        terminal.type("x")
        #expect(await screen.events(1) == [.hangup])
        screen.readInput()
        #expect(screen.queue.isEmpty)
      }
    }

    @Test("Input that is gone when a signal has been followed, as the shell may have read it, is not waited for")
    func takenInput() async throws {
      try await TerminalScreenTests.withScreen { screen, terminal in
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        // The terminal tells of input, and where it is read, there is none.
        screen.session.input = InputReader(descriptor: ends[0], escapeDelay: 25)
        terminal.type("x")
        #expect(kill(getpid(), SIGWINCH) == 0)
        await TerminalScreenTests.wait {
          var signals = pollfd(fd: screen.signals.readEnd, events: Int16(POLLIN), revents: 0)
          return screen.unreadBytes == 1 && poll(&signals, 1, 0) == 1
        }
        let target = ends[1]
        let later = Task.detached {
          try await Task.sleep(for: .milliseconds(200))
          return write(target, "y", 1)
        }
        _ = screen.wait(alsoFor: -1)
        let seen = screen.queue.count
        #expect(try await later.value == 1)
        try #require(seen == 0)
        #expect(await screen.events(1) == [.key(.character("y"))])
      }
    }

    @Test(
      "The loop handles events in order, settles first and then after each wake-up, and stops before the next event")
    func loop() async throws {
      enum Step: Equatable {
        case event(TerminalEvent)
        case settled
      }
      func typed(_ scalar: Unicode.Scalar) -> Step { .event(.key(.character(scalar))) }
      try await TerminalScreenTests.withScreen { screen, terminal in
        var steps: [Step] = []
        terminal.type("ab")
        await TerminalScreenTests.wait { screen.unreadBytes == 2 }
        screen.run { event in
          steps.append(.event(event))
          if event == .key(.character("q")) { screen.stop() }
          guard event == .key(.character("b")) else { return }
          // For the second wake-up, both at once.
          terminal.type("qz")
          let deadline = ContinuousClock.now + .seconds(10)
          while screen.unreadBytes < 2, ContinuousClock.now < deadline { usleep(1_000) }
        } settle: {
          // Jobs of other tests on the main actor wake the loop as well.
          if steps.last != .settled { steps.append(.settled) }
        }
        #expect(steps == [.settled, typed("a"), typed("b"), .settled, typed("q")])
        #expect(screen.queue.popFirst() == .key(.character("z")))
      }
    }

    @Test("The bytes of a key may be as far apart as the user's ESCDELAY says, with signals between them")
    func escapeDelay() async throws {
      let patient = TerminalEnvironment(type: "xterm-256color", escapeDelay: 20_000)
      try await TerminalScreenTests.withScreen(patient) { screen, terminal in
        terminal.type("\u{1B}")
        let main = pthread_self()
        let rest = terminal.typeElsewhere("OA") {
          try await Task.sleep(for: .milliseconds(100))
          pthread_kill(main, SIGWINCH)
          try await Task.sleep(for: .milliseconds(100))
        }
        // A thread that runs the main actor for tests blocks signals; the program's main thread does not.
        var (signals, before) = (sigset_t(), sigset_t())
        sigaddset(&signals, SIGWINCH)
        pthread_sigmask(SIG_UNBLOCK, &signals, &before)
        let events = await screen.events(1)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        #expect(events == [.key(.up)])
        try await rest.value
      }
    }
  }
}
