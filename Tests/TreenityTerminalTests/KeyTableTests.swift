import Testing
import TreenityUI

@testable import TreenityTerminal

@Suite("A terminal's own keys") struct KeyTableTests {
    private static func table(_ sequences: [(String, Key)]) -> KeyTable {
        KeyTable(sequences.map { (Array($0.0.utf8), $0.1) })
    }

    @Test("Are known beside the common ones, at every cut")
    func ownKeys() {
        let table = KeyTableTests.table([("\u{1B}A", .up), ("\u{1B}[M", .function(1)), ("\u{1B}[5i", .pageUp)])
        let bytes = Array("\u{1B}A\u{1B}[M\u{1B}[5i\u{1B}[5~\u{1B}x".utf8)
        let keys: [Key] = [.up, .function(1), .pageUp, .pageUp, .alt("x")]
        for cut in 0...bytes.count {
            var decoder = KeyDecoder(table: table)
            let events = decoder.decode(bytes[..<cut]) + decoder.decode(bytes[cut...])
            #expect(events == keys.map(TerminalEvent.key), "cut at \(cut)")
        }
    }

    @Test("Do not take what a person types: single bytes, and what begins another sequence")
    func refused() {
        let table = KeyTableTests.table([
            ("\u{C}", .right), ("j", .down), ("\u{1B}[", .left), ("\u{1B}[A", .up), ("", .home),
        ])
        var decoder = KeyDecoder(table: table)
        let events = decoder.decode("\u{C}j\u{1B}[A".utf8)
        #expect(events == [.key(.control("l")), .key(.character("j")), .key(.up)])
    }

    @Test("Escape is still Escape")
    func escape() {
        var decoder = KeyDecoder(table: KeyTableTests.table([("\u{1B}A", .up)]))
        _ = decoder.decode([0x1B])
        #expect(decoder.flush() == [.key(.escape)])
    }
}
