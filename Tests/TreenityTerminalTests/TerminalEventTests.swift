import Glibc
import Testing
import TreenityTerminal
import TreenityUI

extension TerminalTests {
    @Suite("tells of") @MainActor struct Events {
        private let inbox = Inbox()

        private func withTerminal(on pty: PseudoTerminal, _ body: @MainActor (Terminal) async throws -> Void)
            async throws
        {
            try await Terminal.withTerminal(options: pty.options(), deliver: inbox.receive, body: body)
        }

        @Test("keys, in their order, those included that make signals elsewhere")
        func keys() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { _ in
                pty.type("j漢\u{3}\u{1A}\u{11}\u{13}\u{1B}OA\r")
                let keys: [Key] = [
                    .character("j"), .character("漢"), .control("c"), .control("z"), .control("q"), .control("s"), .up,
                    .enter,
                ]
                #expect(await inbox.next(keys.count) == keys.map(TerminalEvent.key))
            }
        }

        @Test("Escape, when nothing follows it")
        func escape() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { _ in
                pty.type("\u{1B}")
                #expect(await inbox.next(1) == [.key(.escape)])
            }
        }

        @Test("pasted text")
        func paste() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { _ in
                pty.type("\u{1B}[200~two\rlines\u{1B}[201~")
                #expect(await inbox.next(1) == [.pasted("two\nlines")])
            }
        }

        @Test("another size, down to a single cell, and draws in it")
        func resizing() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { terminal in
                for size in [Size(columns: 1, rows: 1), Size(columns: 200, rows: 50), Size(columns: 3, rows: 2)] {
                    pty.resize(columns: size.columns, rows: size.rows)
                    kill(getpid(), SIGWINCH)
                    #expect(await inbox.next(1) == [.resized(size)])
                    #expect(terminal.size == size)
                    let line = Line([Span(String(repeating: "漢字", count: size.columns), Style())])
                    terminal.present(Screen(size: size, lines: Array(repeating: line, count: size.rows)))
                    _ = await pty.written()
                }
            }
        }

        @Test("a signal that asks it to end", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        func ending(signal: Int32) async throws {
            let pty = try PseudoTerminal()
            let before = pty.modes
            try await withTerminal(on: pty) { terminal in
                kill(getpid(), signal)
                #expect(await inbox.next(1) == [.closed])
                #expect(terminal.ending == .signal(signal))
            }
            #expect(pty.modes == before)
        }

        @Test("its loss")
        func hangup() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { terminal in
                pty.hangUp()
                #expect(await inbox.next(1) == [.closed])
                #expect(terminal.ending == .hangup)
            }
        }

        @Test("being continued, when it was stopped by force")
        func continuation() async throws {
            let pty = try PseudoTerminal()
            try await withTerminal(on: pty) { terminal in
                let line = Line([Span("hello", Style())])
                terminal.present(Screen(size: terminal.size, lines: [line]))
                _ = await pty.written()
                kill(getpid(), SIGCONT)
                #expect(await inbox.next(1) == [.resumed])
                #expect(await pty.written().contains("hello"))
            }
        }
    }
}
