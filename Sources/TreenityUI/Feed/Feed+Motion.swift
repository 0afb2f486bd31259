import TreenityProtocol
import TreenityStore

/// Where the user stands in the feed, and which rows that puts on view. All of it by places among the rows shown.
extension Feed {
    /// The place after the newest row that may be on view.
    private var end: Int { horizon.map { index.place(of: $0 + 1) } ?? index.count }

    /// The place of the row under the cursor, or of the one nearest to where it was.
    private var selectedPlace: Int? {
        guard let selection, end > 0 else { return nil }
        return min(index.place(of: selection), end - 1)
    }

    /// The number of the row under the cursor.
    var selectedNumber: Int? { selectedPlace.map { index[$0] } }

    var selected: FeedEntry? { selectedNumber.flatMap(entry) }

    /// The places on view in a pane of that height. The selected row stays on view; what is newer fills what room there is
    /// below it.
    private func places(height: Int) -> Range<Int> {
        let end = end
        let height = max(0, height)
        guard let selectedPlace else { return max(0, end - height)..<end }
        let last = min(end, selectedPlace + 1 + height / 3)
        return max(0, last - height)..<min(end, max(last, height))
    }

    /// The entries on view in a pane of that height, oldest first. O(height).
    func visible(height: Int) -> [FeedEntry] {
        places(height: height).compactMap { entry(index[$0]) }
    }

    /// How many shown rows came after those on view. O(log n).
    func hiddenBelow(height: Int) -> Int { index.count - places(height: height).upperBound }

    // MARK: The user's moves

    mutating func move(by count: Int) {
        let end = end
        guard end > 0 else { return }
        let place = (selectedPlace ?? end) + count
        // Moving on from the newest row follows again.
        selection = place >= end ? nil : index[max(0, place)]
    }

    mutating func follow() { selection = nil }

    mutating func goToFirst() { selection = end > 0 ? index[0] : nil }

    // MARK: The screen stops

    /// Nothing that comes is on view any more.
    mutating func freeze() {
        horizon = nextNumber - 1
        endBurst()
    }

    mutating func thaw() {
        horizon = nil
        selection = nil
    }

    /// Puts the cursor on the row of a change, by its number in the history.
    mutating func select(change number: Int) {
        let place = (0..<rows.count).partitioningIndex { rows[$0].last >= number }
        guard place < rows.count else { return }
        selection = firstNumber + place
        horizon = horizon.map { max($0, firstNumber + place) }
    }
}
