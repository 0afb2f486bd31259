import TreenityProtocol
import TreenityStore

/// The patches that arrived, newest last, within a bound; what of them is shown; and where the user stands in them.
///
/// The patches themselves lie in the history, which time travel goes through, too. A row knows where: what it says is
/// made only when it is on view.
struct Feed: Sendable {
    /// The most rows that are kept.
    static let maximumRows = 125_000
    /// All that is kept takes about so many bytes.
    static let maximumBytes = 64 << 20
    /// How many rows are looked at in one go, when what is wanted has changed.
    static let slice = 4_000

    private static let maximumRefusedBytes = 1 << 20
    private static let maximumHistoryBytes =
        maximumBytes - maximumRefusedBytes - maximumRows * (MemoryLayout<FeedRow>.stride + MemoryLayout<Int>.stride)

    /// What the patches did, in their order.
    private(set) var history = History(maximumBytes: Feed.maximumHistoryBytes)
    private(set) var rows = Window<FeedRow>()
    /// The number of the oldest row. They count up from 0 over the program's life.
    private(set) var firstNumber = 0
    /// Patches counted, refused, folded and hidden ones too.
    private(set) var total = 0
    private var refusedBytes = 0
    /// The newest change, where the next one may be the same once more.
    private var repeatable: Change?

    private(set) var scope = FeedScope()
    var index = FeedIndex()
    /// The number of the row under the cursor; `nil`: the feed follows what arrives.
    var selection: Int?
    /// The newest row that is on view while the screen is frozen; `nil`: it is not.
    var horizon: Int?

    var nextNumber: Int { firstNumber + rows.count }

    // MARK: What happened

    /// A patch took effect. O(1) beside what the change removed.
    mutating func append(_ change: Change, at now: Timestamp) {
        total += 1
        let isRepeat = selection != nextNumber - 1 && (repeatable?.isRepeated(by: change) ?? false)
        repeatable = change.isEdit ? change : nil
        history.append(change, at: now)
        let position = history.end.number
        if isRepeat, !rows.isEmpty {
            rows[rows.count - 1].last = position
            let isShown = index.count > 0 && index[index.count - 1] == nextNumber - 1
            if !isShown, shows(nextNumber - 1) { index.append(nextNumber - 1) }
        } else {
            add(FeedRow(first: position, last: position), isShown: scope.shows(change.patch))
        }
        forgetOldest()
    }

    /// A patch was not taken.
    mutating func append(_ patch: Patch, _ refusal: Refusal, at now: Timestamp) {
        total += 1
        let refused = RefusedPatch(patch, refusal, at: now)
        refusedBytes += refused.bytes
        repeatable = nil
        let position = history.end.number
        add(FeedRow(first: position, last: position, refused: refused), isShown: true)
        forgetOldest()
    }

    /// The tree became another one by something that is no patch.
    mutating func cut() { history.cut() }

    /// The next patch begins a new row.
    mutating func endBurst() { repeatable = nil }

    private mutating func add(_ row: FeedRow, isShown: Bool) {
        rows.append(row)
        if isShown { index.append(nextNumber - 1) }
    }

    private mutating func forgetOldest() {
        while let oldest = rows.first, rows.count > 1 {
            let isForgotten = oldest.refused == nil && oldest.last <= history.start.number
            guard isForgotten || rows.count > Feed.maximumRows || refusedBytes > Feed.maximumRefusedBytes else { break }
            refusedBytes -= oldest.refused?.bytes ?? 0
            rows.removeFirst()
            firstNumber += 1
        }
        index.forget(before: firstNumber)
    }

    // MARK: What is shown

    /// Whether the row is to be shown.
    private func shows(_ number: Int) -> Bool {
        let row = rows[number - firstNumber]
        guard row.refused == nil, let entry = history[History.Position(row.last)] else { return row.refused != nil }
        return scope.shows(entry.change.patch)
    }

    /// Shows other patches than before: the newest at once, the others with ``proceed()``.
    mutating func change(_ body: (inout FeedScope) -> Void) {
        body(&scope)
        index.begin(before: nextNumber)
        proceed()
    }

    /// Whether rows are still to be looked at.
    var isScanning: Bool { index.scanned > firstNumber }

    /// Looks at the next slice of rows, older and older ones.
    mutating func proceed() {
        guard isScanning else { return }
        var index = FeedIndex()
        swap(&index, &self.index)
        index.scan(downTo: firstNumber, atMost: Feed.slice, shows)
        swap(&index, &self.index)
    }

    /// The numbers of the remembered changes that a row stands for; none of a refusal.
    func changes(of number: Int) -> Range<Int> {
        let row = rows[number - firstNumber]
        let first = max(row.first, history.start.number + 1)
        return row.refused == nil && first <= row.last ? first..<row.last + 1 : 0..<0
    }

    /// Whether a row tells of an edit that was not taken.
    func isRefusal(_ number: Int) -> Bool { rows[number - firstNumber].refused != nil }

    /// What a row says.
    func entry(_ number: Int) -> FeedEntry? {
        guard number >= firstNumber, number < nextNumber else { return nil }
        return FeedEntry(rows[number - firstNumber], number: number, in: history)
    }
}

extension Change {
    fileprivate var isEdit: Bool {
        if case .edit = patch.operation { true } else { false }
    }

    /// Whether `other` is the same edit once more: same place, author and properties.
    fileprivate func isRepeated(by other: Change) -> Bool {
        guard isEdit, other.isEdit, patch.path == other.patch.path, effects.count == other.effects.count else {
            return false
        }
        let areSame = zip(effects, other.effects).allSatisfy { one, other in
            guard case .property(let one) = one, case .property(let other) = other else { return false }
            return one.node == other.node && one.name == other.name
        }
        return areSame && patch.sender == other.patch.sender
    }
}
