import TreenityProtocol

/// The patches that arrived, newest last, within a bound; what of them is shown; and where the user stands in them.
struct Feed: Sendable {
    /// At least so many entries are kept.
    static let capacity = 10_000

    private(set) var entries: [FeedEntry] = []
    private var nextNumber = 0
    /// Patches counted, folded and muted ones too.
    private(set) var total = 0

    /// The number of the entry under the cursor; `nil`: the feed follows what arrives.
    private(set) var selection: Int?
    /// Subtrees of which nothing is shown.
    private(set) var muted: [TreePath] = []
    /// The only subtree of which something is shown; `nil`: all.
    private(set) var subtree: TreePath?

    mutating func append(_ make: (Int) -> FeedEntry) {
        var entry = make(nextNumber)
        total += 1
        if let last = entries.last, selection != last.number, last.isRepeated(by: entry) {
            entry.number = last.number
            entry.count = last.count + 1
            for place in entry.differences.indices { entry.differences[place].old = last.differences[place].old }
            entries[entries.count - 1] = entry
            return
        }
        nextNumber += 1
        entries.append(entry)
        if entries.count > 2 * Feed.capacity { entries.removeFirst(entries.count - Feed.capacity) }
    }

    func shows(_ entry: FeedEntry) -> Bool {
        if case .refused = entry.outcome { return true }
        if let subtree, !entry.patch.path.isWithin(subtree) { return false }
        return !muted.contains { entry.patch.path.isWithin($0) }
    }

    // MARK: The rows on view

    /// The entries on view in a pane of that height, oldest first.
    func visible(height: Int) -> [FeedEntry] {
        guard let selection else { return newest(height, upTo: entries.count) }
        // The selected entry stays on view; what is newer fills what room there is below it.
        let end = index(of: selection) + 1
        let below = entries[end...].lazy.filter(shows).prefix(max(0, height / 3))
        let tail = Array(below)
        return newest(height - tail.count, upTo: end) + tail
    }

    /// How many shown entries came after those on view.
    func hiddenBelow(_ visible: [FeedEntry]) -> Int {
        guard selection != nil, let last = visible.last else { return 0 }
        return entries[(index(of: last.number) + 1)...].count(where: shows)
    }

    private func newest(_ count: Int, upTo end: Int) -> [FeedEntry] {
        Array(entries[..<end].reversed().lazy.filter(shows).prefix(max(0, count))).reversed()
    }

    /// The place of the entry with that number, or of the oldest one that is left.
    private func index(of number: Int) -> Int {
        guard let first = entries.first else { return 0 }
        return min(max(0, number - first.number), entries.count - 1)
    }

    var selected: FeedEntry? {
        guard let selection, !entries.isEmpty else { return nil }
        return entries[index(of: selection)]
    }

    // MARK: The user's moves

    mutating func move(by count: Int) {
        guard !entries.isEmpty else { return }
        var place = selection.map(index(of:)) ?? entries.count
        var remaining = abs(count)
        while remaining > 0 {
            let next =
                count > 0
                ? entries.indices.dropFirst(place + 1).first { shows(entries[$0]) }
                : entries.indices.prefix(place).last { shows(entries[$0]) }
            guard let next else { break }
            place = next
            remaining -= 1
        }
        // Moving on from the newest entry follows again.
        selection = remaining > 0 && count > 0 || place >= entries.count ? nil : entries[place].number
    }

    mutating func follow() { selection = nil }

    mutating func goToFirst() { selection = entries.first(where: shows)?.number }

    /// Shows the patches of this subtree alone, or, where it does already, all.
    mutating func toggleSubtree(_ path: TreePath) { subtree = subtree == path ? nil : path }

    /// Shows nothing of this subtree any more, or shows it again.
    ///
    /// - Returns: whether it is muted now.
    mutating func toggleMute(_ path: TreePath) -> Bool {
        if let place = muted.firstIndex(where: { path.isWithin($0) }) {
            muted.remove(at: place)
            return false
        }
        muted.append(path)
        return true
    }
}
