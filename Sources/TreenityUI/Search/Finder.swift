import TreenityStore

/// What goes on about finding, beside the line that is typed.
struct Finder: Sendable {
    /// Where the cursor goes as soon as that is known.
    enum Goal: Sendable {
        /// The first match from where the search began.
        case first(before: Outline)
        /// So many matches on, or back.
        case step(Int)
    }

    var goal: Goal?
    /// What was searched for last.
    var last: Criterion?
    private(set) var history: [String] = []
    /// The search for places by letters.
    var paths: PathScan?

    private static let longestHistory = 100

    mutating func remember(_ text: String) {
        history.removeAll { $0 == text }
        history.append(text)
        if history.count > Finder.longestHistory { history.removeFirst() }
    }
}
