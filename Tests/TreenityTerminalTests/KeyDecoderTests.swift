import Testing
import TreenityUI

@testable import TreenityTerminal

@Suite("Keys from bytes") struct KeyDecoderTests {
    struct Sample: CustomTestStringConvertible {
        let text: String
        let keys: [Key]

        init(_ text: String, _ keys: [Key]) {
            self.text = text
            self.keys = keys
        }

        /// Not the bytes themselves: the log may be shown by a terminal.
        var testDescription: String { text.debugDescription }
    }

    /// What each sequence means by itself.
    static let samples = [
        Sample("a", [.character("a")]), Sample(" ", [.character(" ")]), Sample("~", [.character("~")]),
        Sample("é", [.character("é")]), Sample("漢", [.character("漢")]), Sample("🌳", [.character("🌳")]),
        Sample("e\u{301}", [.character("e"), .character("\u{301}")]),
        Sample("\r", [.enter]), Sample("\n", [.control("j")]), Sample("\t", [.tab]),
        Sample("\u{7F}", [.backspace]), Sample("\u{8}", [.backspace]),
        Sample("\u{0}", [.control("@")]), Sample("\u{3}", [.control("c")]), Sample("\u{1A}", [.control("z")]),
        Sample("\u{1C}\u{1D}\u{1E}\u{1F}", [.control("\\"), .control("]"), .control("^"), .control("_")]),
        // Arrows: cursor mode, application mode, with modifiers, rxvt's with Shift and with Control.
        Sample("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
        Sample("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
        Sample("\u{1B}[1;5A\u{1B}[1;2B\u{1B}[1;10C\u{1B}[5D\u{1B}O5A", [.up, .down, .right, .left, .up]),
        Sample("\u{1B}[a\u{1B}Ob", [.up, .down]),
        // The block above them: xterm, VT220, Linux console, rxvt with modifiers.
        Sample("\u{1B}[H\u{1B}[F\u{1B}OH\u{1B}OF", [.home, .end, .home, .end]),
        Sample(
            "\u{1B}[1~\u{1B}[2~\u{1B}[3~\u{1B}[4~\u{1B}[5~\u{1B}[6~",
            [.home, .insert, .delete, .end, .pageUp, .pageDown]),
        Sample("\u{1B}[7~\u{1B}[8~\u{1B}[7$\u{1B}[8^\u{1B}[5@", [.home, .end, .home, .end, .pageUp]),
        Sample("\u{1B}[3;5~\u{1B}[6;2~\u{1B}[1;3H", [.delete, .pageDown, .home]),
        Sample("\u{1B}[Z", [.backTab]),
        // Function keys: VT100, with modifiers, xterm's from F5, Linux console, rxvt.
        Sample("\u{1B}OP\u{1B}OQ\u{1B}OR\u{1B}OS", [.function(1), .function(2), .function(3), .function(4)]),
        Sample("\u{1B}[1;2P\u{1B}[1;5R", [.function(1), .function(3)]),
        Sample("\u{1B}[15~\u{1B}[17~\u{1B}[18~\u{1B}[19~", [.function(5), .function(6), .function(7), .function(8)]),
        Sample(
            "\u{1B}[20~\u{1B}[21~\u{1B}[23~\u{1B}[24~", [.function(9), .function(10), .function(11), .function(12)]),
        Sample("\u{1B}[[A\u{1B}[[E\u{1B}[11~\u{1B}[14~", [.function(1), .function(5), .function(1), .function(4)]),
        // The keypad in application mode.
        Sample("\u{1B}Op\u{1B}Oy\u{1B}Ok\u{1B}OM", [.character("0"), .character("9"), .character("+"), .enter]),
        // Alt.
        Sample("\u{1B}x", [.alt("x")]), Sample("\u{1B}\u{1B}[A", [.escape, .up]),
        Sample("\u{1B}\r", [.escape, .enter]), Sample("\u{1B}\u{7F}", [.wordBackspace]),
        Sample("\u{1B}é", [.alt("é")]), Sample("\u{1B}漢\u{1B}b", [.alt("漢"), .alt("b")]),
        // By words: xterm with Control, with Alt, with Shift alone; rxvt with Control, with Shift.
        Sample("\u{1B}[1;5C\u{1B}[1;5D\u{1B}[1;3C\u{1B}[1;2D", [.wordRight, .wordLeft, .wordRight, .left]),
        Sample("\u{1B}Oc\u{1B}Od\u{1B}[c\u{1B}[d", [.wordRight, .wordLeft, .right, .left]),
        // Reports and unknown keys are no keys.
        Sample("\u{1B}[I\u{1B}[O", []), Sample("\u{1B}[<35;10;20M\u{1B}[<0;1;1m", []), Sample("\u{1B}[M !!", []),
        Sample("\u{1B}[24;80R", []),
        Sample("\u{1B}[?62;1;4c", []), Sample("\u{1B}[?2026;2$y", []), Sample("\u{1B}[97;5u", []),
        Sample("\u{1B}[99~", []),
        Sample("\u{1B}]10;rgb:1c1c/1c1c/1c1c\u{7}", []), Sample("\u{1B}]52;c;YQ==\u{1B}\\", []),
        Sample("\u{1B}P>|tmux 3.3a\u{1B}\\", []),
        Sample("\u{1B}[201~", []), Sample("\u{1B}Oz", []),
        // A sequence that breaks off does not take what comes after it along.
        Sample("\u{1B}[1;\u{1B}[B", [.down]), Sample("\u{1B}[12\u{3}", [.control("c")]),
        Sample("\u{1B}]0;\u{1B}OA", [.up]),
    ]

    @Test("A sequence gives its keys, wherever it is cut into reads", arguments: samples)
    func sequence(_ sample: Sample) {
        let bytes = Array(sample.text.utf8)
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            let events = decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...])
            #expect(events == sample.keys.map(TerminalEvent.key), "cut at \(cut)")
            #expect(decoder.flush().isEmpty)
        }
    }

    @Test("All sequences one after the other, a byte at a time, give all keys")
    func singleBytes() {
        var decoder = KeyDecoder()
        let events = KeyDecoderTests.samples.flatMap { $0.text.utf8 }.flatMap { decoder.decode([$0]) }
        #expect(events == KeyDecoderTests.samples.flatMap { $0.keys.map(TerminalEvent.key) })
    }

    @Test("Escape alone waits, and is a key when nothing follows")
    func loneEscape() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.awaits == .restOfKey)
        #expect(decoder.flush() == [.key(.escape)])
        #expect(decoder.awaits == .nothing)
        #expect(decoder.flush().isEmpty)
    }

    @Test("Alt with what begins a sequence is that key when nothing follows", arguments: ["[", "O", "]", "P", "_"])
    func altWithIntroducer(character: Character) {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}\(character)".utf8).isEmpty)
        #expect(decoder.flush() == [.key(.alt(character))])
    }

    @Test("Escape before half of a character is Escape")
    func escapeBeforeBrokenCharacter() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B, 0xE6]).isEmpty)
        #expect(decoder.flush() == [.key(.escape)])
        #expect(decoder.decode([0x1B, 0xE6] + Array("j".utf8)) == [.key(.escape), .key(.character("j"))])
    }

    @Test("A longer sequence waits for its rest without end")
    func slowSample() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[20".utf8).isEmpty)
        #expect(decoder.awaits == .nothing)
        #expect(decoder.flush().isEmpty)
        #expect(decoder.decode("0~text\u{1B}[201~".utf8) == [.pasted("text")])
    }

    @Test("An answer that never ends is given up")
    func endlessString() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}]11;rgb".utf8).isEmpty)
        #expect(decoder.awaits == .restOfKey)
        #expect(decoder.flush().isEmpty)
        #expect(decoder.decode("j".utf8) == [.key(.character("j"))])
    }

    @Test(
        "Broken UTF-8 is dropped, and what follows is not",
        arguments: [
            [0x80], [0xFF], [0xC0, 0xAF], [0xE3, 0x81], [0xED, 0xA0, 0x80], [0xF5, 0x80], [0xC2, 0x9B],
        ] as [[UInt8]])
    func brokenCharacter(bytes: [UInt8]) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(bytes + Array("j".utf8)) == [.key(.character("j"))])
        _ = decoder.decode(bytes)
        #expect(decoder.flush().isEmpty)
        #expect(decoder.decode("k".utf8) == [.key(.character("k"))])
    }

    @Test("Any bytes at all are survived, and no key is lost after them")
    func garbage() {
        var state: UInt64 = 1
        var decoder = KeyDecoder()
        for _ in 0..<50_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            _ = decoder.decode([UInt8(truncatingIfNeeded: state >> 33)])
        }
        // Ends whatever may be open: a paste, a string, a sequence.
        _ = decoder.decode("\u{1B}[201~\u{7}\u{1B}\\\u{1B}[0n".utf8)
        _ = decoder.flush()
        #expect(decoder.decode("j".utf8) == [.key(.character("j"))])
    }
}
