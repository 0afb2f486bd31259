import Glibc
import Testing
import TreenityTerminal
import TreenityUI

@Suite("The terminal", .serialized) @MainActor struct TerminalTests {
    private nonisolated static let types = ["xterm-256color", "screen", "linux", "vt100"]

    private func screen(_ lines: [String], cursor: Screen.Position? = nil) -> Screen {
        let size = Size(columns: 80, rows: 24)
        return Screen(size: size, lines: lines.map { Line([Span($0, Style(foreground: .ansi(2)))]) }, cursor: cursor)
    }

    // MARK: Taking and giving back

    @Test("Is given back as it was", arguments: types)
    func restores(type: String) async throws {
        let pty = try PseudoTerminal()
        let before = pty.modes
        try await Terminal.withTerminal(options: pty.options(type: type), deliver: { _ in }) { terminal in
            #expect(pty.modes != before)
            terminal.present(screen(["hello"]))
            #expect(await pty.written().contains("hello"))
        }
        #expect(pty.modes == before)
        #expect(fcntl(pty.program, F_GETFL) & O_NONBLOCK == 0)
        #expect(await pty.written().contains("\u{1B}[?2004l"))
    }

    @Test("Leaves the alternate screen and shows the cursor again")
    func leavesAlternateScreen() async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { terminal in
            terminal.present(screen(["hello"]))
            let taken = await pty.written()
            #expect(taken.contains("\u{1B}[?1049h") && taken.contains("\u{1B}[?2004h") && taken.contains("\u{1B}[?25l"))
        }
        let given = await pty.written()
        #expect(given.contains("\u{1B}[?1049l") && given.contains("\u{1B}[?25h") && given.contains("\u{1B}[?1l"))
    }

    @Test("What another program has left switched is switched back by drawing anew, and in the end")
    func ordinaryCharacters() async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { terminal in
            #expect(await pty.written().contains("\u{1B}(B"))
            terminal.present(screen(["hello"]))
            #expect(await !pty.written().contains("\u{1B}(B"))
            terminal.redraw()
            #expect(await pty.written().contains("\u{1B}(B"))
        }
        #expect(await pty.written().contains("\u{1B}(B"))
    }

    @Test("Is given back when the body throws")
    func restoresOnThrow() async throws {
        let pty = try PseudoTerminal()
        let before = pty.modes
        await #expect(throws: CancellationError.self) {
            try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { _ in throw CancellationError()
            }
        }
        #expect(pty.modes == before)
        #expect(await pty.written().contains("\u{1B}[?1049l"))
    }

    @Test("Is given to another program and taken again")
    func suspension() async throws {
        let pty = try PseudoTerminal()
        let before = pty.modes
        var events: [TerminalEvent] = []
        try await Terminal.withTerminal(options: pty.options(), deliver: { events += $0 }) { terminal in
            terminal.present(screen(["hello"]))
            _ = await pty.written()
            await terminal.withSuspendedTerminal {
                #expect(pty.modes == before)
                #expect(await pty.written().contains("\u{1B}[?1049l"))
                terminal.present(screen(["unseen"]))
                pty.resize(columns: 40, rows: 10)
            }
            let again = await pty.written()
            #expect(again.contains("\u{1B}[?1049h") && again.contains("hello") && !again.contains("unseen"))
        }
        #expect(events == [.resized(Size(columns: 40, rows: 10)), .resumed])
    }

    @Test("Leaves alone how others took signals meanwhile, and broken pipes always")
    func signals() async throws {
        let pty = try PseudoTerminal()
        let before = signal(SIGUSR1, SIG_DFL)
        defer { signal(SIGUSR1, before) }
        var pipes = sigaction()
        sigaction(SIGPIPE, nil, &pipes)
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { _ in
            var current = sigaction()
            sigaction(SIGPIPE, nil, &current)
            #expect(isSame(current, pipes))
            _ = signal(SIGUSR1, SIG_IGN)
        }
        var user = sigaction()
        sigaction(SIGUSR1, nil, &user)
        var ignoring = sigaction()
        ignoring.__sigaction_handler.sa_handler = SIG_IGN
        #expect(isSame(user, ignoring))
    }

    private func isSame(_ one: sigaction, _ other: sigaction) -> Bool {
        unsafeBitCast(one.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(other.__sigaction_handler.sa_handler, to: Int.self)
    }

    @Test("What cannot be used is refused in plain words")
    func refusals() async throws {
        let pty = try PseudoTerminal()
        func taking(_ options: TerminalOptions) async throws {
            try await Terminal.withTerminal(options: options, deliver: { _ in }) { _ in }
        }
        await #expect(throws: TerminalError.unknownType("no-such-type")) {
            try await taking(pty.options(type: "no-such-type"))
        }
        await #expect(throws: TerminalError.tooSimple("dumb")) { try await taking(pty.options(type: "dumb")) }
        await #expect(throws: TerminalError.noType) { try await taking(pty.options(type: "")) }
        let file = open("/dev/null", O_RDWR)
        defer { close(file) }
        var options = pty.options()
        options.output = file
        await #expect(throws: TerminalError.notATerminal) { try await taking(options) }
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { _ -> Void in
            await #expect(throws: TerminalError.inUse) { try await taking(pty.options()) }
        }
    }

    // MARK: Drawing

    @Test("Writes only what has changed")
    func difference() async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { terminal in
            var lines = (0..<24).map { "row \($0) of the first picture" }
            terminal.present(screen(lines))
            _ = await pty.written()
            lines[11] = "row 11 of tho first picture"
            terminal.present(screen(lines))
            let change = await pty.written()
            #expect(change.contains("o") && change.utf8.count < 60)
            terminal.present(screen(lines))
            #expect(await pty.written() == "")
        }
    }

    @Test("Places the cursor, and hides it")
    func cursor() async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { terminal in
            terminal.present(screen(["hello"], cursor: Screen.Position(row: 4, column: 6)))
            let shown = await pty.written()
            #expect(shown.contains("\u{1B}[5;7H") && shown.hasSuffix("\u{1B}[?25h"))
            terminal.present(screen(["hello"], cursor: Screen.Position(row: 99, column: 0)))
            #expect(await pty.written() == "\u{1B}[?25l")
        }
    }

    @Test("Cuts off what does not fit, and halves no wide character", arguments: types)
    func edges(type: String) async throws {
        let pty = try PseudoTerminal(columns: 5, rows: 2)
        try await Terminal.withTerminal(options: pty.options(type: type), deliver: { _ in }) { terminal in
            #expect(terminal.isUTF8)
            _ = await pty.written()
            terminal.present(screen(["漢漢漢", "12345678", "below"]))
            let shown = await pty.written()
            #expect(shown.count { $0 == "漢" } == 2)
            #expect(shown.contains("1") && shown.contains("5"))
            #expect(!shown.contains("6") && !shown.contains("b"))
        }
    }

    @Test("Fills what no span covers in the base style")
    func base() async throws {
        let pty = try PseudoTerminal(columns: 10, rows: 2)
        try await Terminal.withTerminal(options: pty.options(), deliver: { _ in }) { terminal in
            let base = Style(background: .ansi(4))
            terminal.present(Screen(size: terminal.size, lines: [Line([Span("ab", base)])], base: base))
            #expect(await pty.written().contains("\u{1B}[44m"))
        }
    }

    @Test("Shows no colours when they are not wanted")
    func monochrome() async throws {
        let pty = try PseudoTerminal()
        var options = pty.options()
        options.isMonochrome = true
        try await Terminal.withTerminal(options: options, deliver: { _ in }) { terminal in
            #expect(terminal.colorDepth == .monochrome)
            terminal.present(screen(["plain"]))
            let shown = await pty.written()
            #expect(shown.contains("plain") && !shown.contains("\u{1B}[32m"))
        }
    }

    @Test("Has a pair for every style, however many there are and however few the terminal has")
    func manyPairs() async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(type: "linux"), deliver: { _ in }) { terminal in
            #expect(terminal.colorDepth == .eight)
            for background in 0..<8 {
                let spans = (0..<8).map { foreground in
                    let colors = (Color.ansi(UInt8(foreground)), Color.ansi(UInt8(background)))
                    return Span("x", Style(foreground: colors.0, background: colors.1))
                }
                terminal.present(Screen(size: terminal.size, lines: [Line(spans)]))
            }
            let last = await pty.written()
            #expect(last.contains("\u{1B}[30;47m") || last.contains("\u{1B}[47m"))
        }
    }
    @Test("Asks for text to be copied, in a form that tmux passes on if need be")
    func copying() async throws {
        let pty = try PseudoTerminal()
        var options = pty.options()
        options.isInTmux = true
        try await Terminal.withTerminal(options: options, deliver: { _ in }) { terminal in
            _ = await pty.written()
            terminal.copy("path\u{1B}")
            let request = "\u{1B}]52;c;cGF0aBs=\u{7}"
            #expect(await pty.written() == request + "\u{1B}Ptmux;\u{1B}" + request + "\u{1B}\\")
        }
    }

    @Test("Asks GNU screen to hand text on in pieces that it takes")
    func copyingInScreen() async throws {
        let pty = try PseudoTerminal()
        var options = pty.options(type: "screen")
        options.isInScreen = true
        try await Terminal.withTerminal(options: options, deliver: { _ in }) { terminal in
            _ = await pty.written()
            terminal.copy(String(repeating: "a", count: 300))
            let pieces = await pty.written().components(after: "\u{1B}P", before: "\u{1B}\\")
            #expect(pieces.count == 2 && pieces.allSatisfy { $0.utf8.count <= 255 })
            let copied = "\u{1B}]52;c;" + String(repeating: "YWFh", count: 100) + "\u{7}"
            #expect(pieces.joined() == copied)
        }
    }

    // MARK: Modes

    @Test(
        "Has the mouse reported as long as it is wanted, and never afterwards", arguments: ["xterm-256color", "screen"])
    func mouse(type: String) async throws {
        let pty = try PseudoTerminal()
        try await Terminal.withTerminal(options: pty.options(type: type), deliver: { _ in }) { terminal in
            terminal.reportsMouse = true
            #expect(await pty.written().contains("\u{1B}[?1000h\u{1B}[?1006h"))
            await terminal.withSuspendedTerminal {
                #expect(await pty.written().contains("\u{1B}[?1000l"))
            }
            #expect(await pty.written().contains("\u{1B}[?1000h"))
            terminal.reportsMouse = false
            #expect(await pty.written().contains("\u{1B}[?1000l"))
            terminal.reportsMouse = true
        }
        let given = await pty.written()
        #expect(given.contains("\u{1B}[?1000l") && given.contains("\u{1B}[?1006l"))
    }

    @Test("Asks terminals of xterm's kind alone, and holds pictures back where they can", arguments: types)
    func synchronizing(type: String) async throws {
        let pty = try PseudoTerminal()
        var options = pty.options(type: type)
        options.asksForBackground = true
        let (answers, answer) = AsyncStream.makeStream(of: TerminalEvent.self)
        let asks = ["xterm-256color", "screen"].contains(type)
        try await Terminal.withTerminal(options: options, deliver: { $0.forEach { answer.yield($0) } }) { terminal in
            terminal.present(screen(["a", "b"]))
            let first = await pty.written()
            #expect(first.contains("\u{1B}[?2026$p") == asks && first.contains("\u{1B}]11;?") == asks)
            #expect(!first.contains("\u{1B}[?2026h"))
            guard asks else { return }
            pty.type("\u{1B}[?2026;2$yj")
            for await event in answers where event == .key(.character("j")) { break }
            terminal.present(screen(["c", "d"]))
            let second = await pty.written()
            #expect(second.hasPrefix("\u{1B}[?2026h") && second.hasSuffix("\u{1B}[?2026l"))
            terminal.present(screen(["c", "e"]))
            #expect(await !pty.written().contains("2026"))
        }
        #expect(await pty.written().contains("\u{1B}[?2026l"))
    }
}

extension String {
    /// The texts between two marks.
    fileprivate func components(after start: String, before end: String) -> [String] {
        split(separator: start).compactMap { piece in
            piece.firstRange(of: end).map { String(piece[..<$0.lowerBound]) }
        }
    }
}
