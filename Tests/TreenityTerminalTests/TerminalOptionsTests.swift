import Testing

@testable import TreenityTerminal

@Suite("Options from the environment") struct TerminalOptionsTests {
    private func options(_ environment: [String: String]) -> TerminalOptions {
        TerminalOptions(environment: { environment[$0] })
    }

    @Test("NO_COLOR counts unless it is empty")
    func noColor() {
        #expect(options(["NO_COLOR": "1"]).isMonochrome)
        #expect(!options(["NO_COLOR": ""]).isMonochrome)
        #expect(!options([:]).isMonochrome)
    }

    @Test("All colours are tried only where COLORTERM says so")
    func colorTerm() {
        #expect(options(["TERM": "xterm-256color"]).types == ["xterm-256color"])
        #expect(
            options(["TERM": "xterm-256color", "COLORTERM": "truecolor"]).types == ["xterm-direct", "xterm-256color"])
        #expect(options(["TERM": "kitty", "COLORTERM": "24bit"]).types == ["kitty-direct", "kitty"])
        #expect(options(["TERM": "xterm", "COLORTERM": "yes"]).types == ["xterm"])
        #expect(options(["TERM": "kitty", "COLORTERM": "24bit", "NO_COLOR": "1"]).types == ["kitty"])
    }

    @Test("Without TERM there is no type")
    func noType() {
        #expect(options([:]).types.isEmpty)
        #expect(options(["TERM": ""]).types.isEmpty)
    }

    @Test("What passes text on is tmux where TMUX says so, else GNU screen, else nobody")
    func multiplexers() {
        let tmux = options(["TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"])
        #expect(tmux.isInTmux && !tmux.isInScreen)
        let screen = options(["TERM": "screen.xterm-256color", "STY": "1.pts-0.host"])
        #expect(screen.isInScreen && !screen.isInTmux)
        let neither = options(["TERM": "xterm-256color"])
        #expect(!neither.isInTmux && !neither.isInScreen)
    }

    @Test("The exit code is 128 and the signal's number")
    func exitCode() {
        #expect(TerminalEnding.signal(15).exitCode == 143)
        #expect(TerminalEnding.hangup.exitCode == 129)
    }
    @Test("Base64 is that of RFC 4648")
    func base64() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        for (text, encoded) in pairs { #expect(Terminal.base64(text.utf8) == encoded) }
        #expect(Terminal.base64([0xFB, 0xFF, 0xFE] as [UInt8]) == "+//+")
    }
}
