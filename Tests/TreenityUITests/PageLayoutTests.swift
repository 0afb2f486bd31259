import Testing

@testable import TreenityUI

@Suite("Text on a page")
struct PageLayoutTests {
    private static func rows(_ text: String, width: Int) -> [String] {
        let layout = PageLayout(Array(text), width: width)
        return layout.rows(from: 0, count: 100).map { String(layout.characters[$0]) }
    }

    static let wrappings: [(String, [String])] = [
        ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("\n\nb", ["", "", "b"]),
        ("one two three", ["one two ", "three"]), ("abcdefghijkl", ["abcdefghij", "kl"]),
        ("a bcdefghijklm", ["a ", "bcdefghijk", "lm"]), ("日本語日本語", ["日本語日本", "語"]),
        ("👨‍👩‍👧e\u{301}x\r\ny", ["👨‍👩‍👧e\u{301}x", "y"]),
    ]

    @Test("lines are wrapped between words, or anywhere where a word is too long", arguments: wrappings)
    func wrapping(text: String, rows: [String]) {
        #expect(Self.rows(text, width: 11) == rows)
    }

    @Test("all characters are in rows, in order, and each row fits", arguments: [2, 3, 5, 11, 80])
    func complete(width: Int) {
        let text = "The quick 日本語の テキスト brown\n\nfox 👨‍👩‍👧👨‍👩‍👧 jumps\u{1B} over thelazylazylazydog \n"
        let layout = PageLayout(Array(text), width: width)
        let rows = layout.rows(from: 0, count: 1_000)
        let breaks = text.filter { $0.isNewline }.count
        #expect(rows.map(\.count).reduce(0, +) + breaks == text.count)
        for row in rows where row.count > 1 {
            #expect(layout.characters[row].reduce(0) { $0 + $1.columns } <= max(2, width - 1))
        }
        for place in 0...text.count {
            let row = layout.row(of: place)
            #expect(rows.contains(row))
            #expect(layout.rowStart(0, above: place) == row.lowerBound)
            #expect(layout.place(in: row, column: layout.column(of: place)) <= place)
        }
        for (number, row) in rows.enumerated() {
            #expect(layout.rowStart(number, above: row.lowerBound) == 0)
            #expect(layout.rows(from: row.lowerBound, count: 1) == [row])
        }
    }
}
