import TreenityProtocol

/// What is wrong with one value of a file, and what to write instead; where it stands is known to the reader.
struct Mistake: Error, Hashable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension TreePath {
    /// As ``init(parsing:)``, with a mistake for an error.
    init(mistakable text: String) throws(Mistake) {
        do {
            self = try TreePath(parsing: text)
        } catch {
            throw Mistake(error.description)
        }
    }
}
