/// Letters that occur in a text in their order, with others between them: `mkt` in `marketing`. Capitals matter only where
/// it has some.
struct FuzzyPattern: Sendable {
    private let letters: [Unicode.Scalar]
    private let isCaseSensitive: Bool

    private static let mostTries = 16

    init(_ text: some StringProtocol) {
        let isCaseSensitive = text.contains(where: \.isUppercase)
        self.isCaseSensitive = isCaseSensitive
        letters = text.unicodeScalars.map { isCaseSensitive ? $0 : $0.lowered }
    }

    /// How well the text fits, more being better; `nil`: not at all. Letters beside one another count for more, as do those
    /// at the start of a word, and what is left over counts a little against it. O(text · letters).
    func score(_ text: String) -> Int? {
        guard let first = letters.first else { return 0 }
        let scalars = Array(text.unicodeScalars)
        guard scalars.count >= letters.count else { return nil }
        let folded = isCaseSensitive ? scalars : scalars.map(\.lowered)
        var best: Int?
        var tries = 0
        for start in folded.indices where folded[start] == first && tries < FuzzyPattern.mostTries {
            guard let score = score(scalars, folded, from: start) else { break }
            best = max(best ?? .min, score)
            tries += 1
        }
        return best
    }

    private func score(_ scalars: [Unicode.Scalar], _ folded: [Unicode.Scalar], from start: Int) -> Int? {
        var score = 0
        var place = start
        var last = -2
        for letter in letters {
            while place < folded.count, folded[place] != letter { place += 1 }
            guard place < folded.count else { return nil }
            score += 1
            if place == last + 1 { score += 4 }
            if beginsWord(at: place, scalars) { score += place == 0 ? 5 : 4 }
            last = place
            place += 1
        }
        return 16 * score - (last + 1 - start - letters.count) * 4 - min(scalars.count - letters.count, 60)
    }

    private func beginsWord(at place: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard place > 0 else { return true }
        let (before, here) = (scalars[place - 1], scalars[place])
        return !before.isWordly || before == "_" || here.lowered != here && before.lowered == before
    }
}

/// Several of them, set apart by spaces: all have to fit, in any order.
struct FuzzyWords: Sendable {
    private let words: [FuzzyPattern]

    init(_ source: String) {
        words = source.split(separator: " ").map { FuzzyPattern($0) }
    }

    /// How well the text fits; `nil`: not at all.
    func score(_ text: String) -> Int? {
        var sum = 0
        for word in words {
            guard let score = word.score(text) else { return nil }
            sum += score
        }
        return sum
    }
}
