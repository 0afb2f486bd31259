import TreenityProtocol
import TreenityTesting

/// Texts, edits and steps without limits, the same on every run.
struct RandomText {
    private var generator: SeededGenerator

    /// Scalars at the borders of UTF-8's lengths, parts of grapheme clusters, and what is canonically equivalent.
    private static let telling: [Unicode.Scalar] = [
        "a", "b", " ", "\"", "\\", "\u{0}", "\r", "\n", "\u{7F}", "\u{80}", "é", "e", "\u{301}", "\u{30A}", "\u{7FF}",
        "\u{800}", "\u{200D}", "\u{FE0F}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "👩", "💻", "🏽", "🇩", "🇪",
        "\u{10FFFF}",
    ]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func below(_ limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &generator)
    }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool {
        below(times) == 0
    }

    mutating func text(upTo length: Int = 12) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<below(length + 1) { scalars.append(scalar()) }
        return String(scalars)
    }

    private mutating func scalar() -> Unicode.Scalar {
        if once(in: 8), let scalar = Unicode.Scalar(UInt32(below(0x11_0000))) { return scalar }
        return Self.telling[below(Self.telling.count)]
    }

    /// An edit that fits the text, its steps in any order, some of them empty.
    mutating func edit(of text: String) -> TextEdit {
        var rest = text.unicodeScalars.count
        var steps: [TextEdit.Step] = []
        for _ in 0..<below(7) {
            let count = below(min(rest, 4) + 1)
            switch below(4) {
            case 0:
                steps.append(.delete(count))
                rest -= count
            case 1:
                steps.append(.keep(count))
                rest -= count
            case 2 where once(in: 3):
                steps.append(.keep(-count))
            default:
                steps.append(.insert(self.text(upTo: 3)))
            }
        }
        return TextEdit(steps)
    }

    /// What a person does: one change at one place.
    mutating func keystroke(in text: String) -> TextEdit {
        let length = text.unicodeScalars.count
        let place = below(length + 1)
        let removed = once(in: 3) ? below(min(length - place, 5) + 1) : 0
        return TextEdit([.keep(place), .insert(once(in: 4) ? "" : self.text(upTo: 3)), .delete(removed)])
    }

    /// Steps that fit no text or hardly one.
    mutating func hostileSteps() -> [TextEdit.Step] {
        let counts = [0, -1, 1, 2, .max, .max - 1, .min, 1 << 62, 1 << 31]
        return (0..<below(8)).map { _ in
            switch below(3) {
            case 0: .keep(counts[below(counts.count)])
            case 1: .delete(counts[below(counts.count)])
            default: .insert(text(upTo: 2))
            }
        }
    }
}

extension String {
    /// Strings are compared by their bytes here, as `==` takes canonically equivalent ones for equal.
    var bytes: [UInt8] { Array(utf8) }
}
