import Testing
import TreenityUI

@testable import TreenityTerminal

@Suite("What a terminal reports")
struct ReportTests {
    private func events(_ text: String) -> [TerminalEvent] {
        var decoder = KeyDecoder()
        return decoder.decode(text.utf8)
    }

    @Test(
        "The main button and the wheel, with and without modifiers, over a cell counted from 0",
        arguments: [
            ("\u{1B}[<0;1;1M", Mouse(.press, at: .init(row: 0, column: 0))),
            ("\u{1B}[<64;200;50M", Mouse(.wheelUp, at: .init(row: 49, column: 199))),
            ("\u{1B}[<65;3;2M", Mouse(.wheelDown, at: .init(row: 1, column: 2))),
            ("\u{1B}[<81;3;2M", Mouse(.wheelDown, at: .init(row: 1, column: 2))),
        ])
    func mouse(sequence: String, mouse: Mouse) {
        #expect(events(sequence) == [.mouse(mouse)])
    }

    @Test(
        "Other buttons, releases and broken reports are nothing, and no part of them is a key",
        arguments: ["\u{1B}[<2;1;1M", "\u{1B}[<0;1;1m", "\u{1B}[<0;1M", "\u{1B}[<0;0;1M", "\u{1B}[<;;M", "\u{1B}[M !!"])
    func nothing(sequence: String) {
        #expect(events(sequence + "j") == [.key(.character("j"))])
    }

    @Test(
        "The colour of the background, in any depth and with either ending",
        arguments: [
            "\u{1B}]11;rgb:1414/1818/1d1d\u{1B}\\", "\u{1B}]11;rgb:14/18/1d\u{7}",
            "\u{1B}]11;rgba:1414/1818/1d1d/ffff\u{7}",
        ])
    func background(sequence: String) {
        #expect(events(sequence) == [.background(.rgb(0x14, 0x18, 0x1D))])
    }

    @Test(
        "Other strings are read over",
        arguments: ["\u{1B}]11;red\u{7}", "\u{1B}]10;rgb:0/0/0\u{7}", "\u{1B}P11;rgb:0/0/0\u{1B}\\"])
    func otherStrings(sequence: String) {
        #expect(events(sequence + "j") == [.key(.character("j"))])
    }

    @Test(
        "Whether pictures can be held back until they are complete",
        arguments: [("1", true), ("2", true), ("3", true), ("0", false), ("4", false)])
    func synchronizing(setting: String, does: Bool) {
        var decoder = KeyDecoder()
        #expect(decoder.synchronizes == nil)
        #expect(decoder.decode("\u{1B}[?2026;\(setting)$y".utf8).isEmpty)
        #expect(decoder.synchronizes == does)
    }

    @Test("An answer may come in pieces") func pieces() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}]11;rgb:ffff/ff".utf8).isEmpty)
        #expect(decoder.decode("ff/ffff\u{7}".utf8) == [.background(.rgb(255, 255, 255))])
    }
}
