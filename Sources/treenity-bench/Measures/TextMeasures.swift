import TreenityProtocol

/// Editing long strings in place, and what operational transformation needs beside.
enum TextMeasures {
    static let all = [
        apply(toCharacters: 1000, "1k"), apply(toCharacters: 100_000, "100k"),
        pairs("transform", "carrying a concurrent edit over another") { $0.transformed(over: $1, admitted: .later) },
        pairs("compose", "composing two edits into one") { $0.composed(with: $1) },
    ]

    private static let editCount = 500

    private static func apply(toCharacters count: Int, _ label: String) -> Measure {
        Measure(Figure("text.apply.\(label)", "ns", "an edit of a text of \(label) characters")) {
            let edits = randomEdits(toCharacters: count)
            var text = String(repeating: "Zwölf Boxkämpfer ", count: count / 17 + 1)
            let seconds = try ProcessorTime.of {
                for edit in edits {
                    guard let edited = edit.applied(to: text) else { throw BenchError("an edit reaches too far") }
                    text = edited
                }
            }
            blackHole(text)
            return [seconds / Double(edits.count) * 1e9]
        }
    }

    /// Edits of one place in a text of 1,000 characters, two by two.
    private static func pairs(
        _ name: String, _ summary: String, _ work: @escaping @Sendable (TextEdit, TextEdit) -> TextEdit
    ) -> Measure {
        Measure(Figure("text.\(name)", "ns", summary)) {
            let edits = randomEdits(toCharacters: 1000)
            let rounds = 100
            let seconds = ProcessorTime.of {
                for _ in 0..<rounds {
                    for (one, other) in zip(edits, edits.dropFirst()) { blackHole(work(one, other)) }
                }
            }
            return [seconds / Double(rounds * (edits.count - 1)) * 1e9]
        }
    }

    /// Edits that each replace a few characters by as many.
    private static func randomEdits(toCharacters count: Int) -> [TextEdit] {
        var random = SeededGenerator(seed: 4)
        return (0..<editCount).map { _ in
            let size = Int.random(in: 1...5, using: &random)
            let place = Int.random(in: 1...count - size, using: &random)
            return TextEdit([.keep(place), .delete(size), .insert(String(repeating: "é", count: size))])
        }
    }
}
