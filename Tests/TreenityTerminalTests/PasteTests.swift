import Testing
import TreenityUI

@testable import TreenityTerminal

@Suite("Pasted text") struct PasteTests {
    @Test("Is one event, keys and escapes in it included, wherever it is cut into reads")
    func cuts() {
        let bytes = Array("a\u{1B}[200~日本\u{1B}[A\u{3}\u{1B}[20\u{1B}\r\nq\r\u{1B}[201~b".utf8)
        let expected: [TerminalEvent] = [
            .key(.character("a")), .pasted("日本\u{1B}[A\u{3}\u{1B}[20\u{1B}\nq\n"), .key(.character("b")),
        ]
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            #expect(decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...]) == expected, "cut at \(cut)")
        }
    }

    @Test("Comes in pieces when it is long, and no character is cut")
    func pieces() {
        let text = String(repeating: "漢字 🌳 ", count: 40_000)
        var decoder = KeyDecoder()
        let events = decoder.decode("\u{1B}[200~\(text)\u{1B}[201~".utf8)
        let pieces = events.map { event in
            if case .pasted(let piece) = event { piece } else { "" }
        }
        #expect(pieces.joined() == text)
        #expect(pieces.count > 1)
        #expect(pieces.allSatisfy { $0.utf8.count <= PastedText.pieceSize + 4 })
    }

    @Test("Ends by itself when its end never comes")
    func withoutEnd() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~text\u{1B}[20".utf8).isEmpty)
        #expect(decoder.awaits == .restOfPaste)
        #expect(decoder.flush() == [.pasted("text\u{1B}[20")])
        #expect(decoder.decode("j".utf8) == [.key(.character("j"))])
    }

    @Test("Nothing pasted is no event")
    func empty() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~\u{1B}[201~".utf8).isEmpty)
    }

    @Test("Invalid UTF-8 in it is replaced")
    func invalid() {
        var decoder = KeyDecoder()
        #expect(
            decoder.decode(Array("\u{1B}[200~a".utf8) + [0xFF] + Array("b\u{1B}[201~".utf8)) == [.pasted("a\u{FFFD}b")])
    }
}
