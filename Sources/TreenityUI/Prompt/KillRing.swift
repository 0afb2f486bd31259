/// What was killed, to be yanked: it outlives the field that it was killed in.
struct KillRing: Equatable, Sendable {
    /// Oldest first.
    private var texts: [String] = []

    private static let most = 30

    var newest: String? { texts.last }

    /// - Parameter goesOn: what was killed just before stood beside it: they become one text.
    mutating func kill(_ text: String, forwards: Bool, goesOn: Bool) {
        if goesOn, let before = texts.popLast() {
            texts.append(forwards ? before + text : text + before)
            return
        }
        texts.append(text)
        if texts.count > KillRing.most { texts.removeFirst() }
    }

    /// Makes the newest the oldest, and gives what is the newest then.
    mutating func rotate() -> String? {
        guard let newest = texts.popLast() else { return nil }
        texts.insert(newest, at: 0)
        return texts.last
    }
}
