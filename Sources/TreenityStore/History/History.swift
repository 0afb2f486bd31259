public import TreenityProtocol

/// The changes of a replica in the server's order, within a bound of bytes: what is over it is forgotten, oldest first.
///
/// For time travel (``Timeline``), for the feed, and for the history of a node. It stands beside the replica, and is
/// told what ``Replica/apply(_:rule:now:)`` returned; a copy shares storage with it.
public struct History: Sendable {
    struct Item: Sendable {
        var change: Change
        var received: Timestamp
        /// The latest `seq` up to here: a patch without one takes that of the patch before.
        var seq: SequenceNumber
        var bytes: Int
    }

    private(set) var items = ChunkedQueue<Item>()
    private var cutNumber = 0
    /// How many times it was cut: states before and after a cut are not of one line.
    public private(set) var cutCount = 0
    private var newestSeq = SequenceNumber.zero
    private var newestReceived = Timestamp(milliseconds: .min)

    /// The bound of ``estimatedBytes``.
    public let maximumBytes: Int

    /// What is remembered takes about so many bytes, with what removed subtrees held; allocator overhead left out.
    public private(set) var estimatedBytes = 0

    /// How many changes were forgotten to keep within the bound.
    public private(set) var forgottenCount = 0

    /// The `seq` of the latest change that was forgotten; zero where there is none.
    public private(set) var forgottenSeq = SequenceNumber.zero

    /// The bound where no other is given: 64 MiB.
    public static let defaultMaximumBytes = 64 << 20

    /// A history of nothing yet.
    public init(maximumBytes: Int = History.defaultMaximumBytes) {
        self.maximumBytes = maximumBytes
    }

    // MARK: What happened

    /// Remembers the change that was applied to the replica last.
    ///
    /// - Parameter now: when it came; earlier than the one before counts as at the same moment.
    /// - Complexity: amortized O(1), and O(what the change removed).
    public mutating func append(_ change: consuming Change, at now: Timestamp) {
        let bytes = change.estimatedBytes + MemoryLayout<Item>.stride - MemoryLayout<Change>.size
        newestSeq = max(newestSeq, change.patch.seq ?? .zero)
        newestReceived = max(newestReceived, now)
        items.append(Item(change: change, received: newestReceived, seq: newestSeq, bytes: bytes))
        estimatedBytes += bytes
        while estimatedBytes > maximumBytes, let oldest = items.popFirst() {
            estimatedBytes -= oldest.bytes
            forgottenCount += 1
            forgottenSeq = oldest.seq
        }
    }

    /// The replica was changed by something that is no patch: a snapshot, or a part of one.
    ///
    /// What is remembered can still be looked up, but no earlier state of the tree can be had any more.
    public mutating func cut() {
        cutNumber = end.number
        cutCount += 1
    }

    // MARK: Reach

    /// How many changes are remembered.
    public var count: Int { items.count }

    /// The state before the oldest remembered change.
    public var start: Position { Position(forgottenCount) }

    /// The state after the newest change.
    public var end: Position { Position(forgottenCount + items.count) }

    /// The states that can be had back by taking changes back: from the last snapshot, or the oldest remembered change, on.
    public var reach: ClosedRange<Position> { max(start, Position(cutNumber))...end }

    /// The `seq` of the oldest and of the newest remembered patch; `nil`: none is remembered, or they have none.
    public var seqs: ClosedRange<SequenceNumber>? {
        guard items.count > 0, newestSeq > .zero else { return nil }
        return max(items[0].seq, SequenceNumber(1))...newestSeq
    }

    // MARK: Looking up

    /// The change that led to a position; `nil`: it is forgotten, or not yet there. O(1).
    public subscript(position: Position) -> Entry? {
        let index = position.number - forgottenCount - 1
        guard 0..<items.count ~= index else { return nil }
        let item = items[index]
        return Entry(position: position, change: item.change, received: item.received)
    }

    /// The remembered changes after a position, oldest first. O(1) a step.
    public func entries(after position: Position) -> some Sequence<Entry> {
        sequence(state: max(position, start)) { position in
            guard let entry = self[position.next] else { return nil }
            position = position.next
            return entry
        }
    }

    /// The state after all patches up to a `seq`, and before the first one that is later; `nil` where that is forgotten.
    ///
    /// O(log of the number of changes).
    public func position(after seq: SequenceNumber) -> Position? {
        guard seq >= forgottenSeq else { return nil }
        return Position(forgottenCount + firstIndex { $0.seq > seq })
    }

    /// The state at a moment, by the times at which the changes came; ``start`` for earlier moments.
    ///
    /// O(log of the number of changes).
    public func position(at moment: Timestamp) -> Position {
        Position(forgottenCount + firstIndex { $0.received > moment })
    }

    /// The place of the first item for which a condition holds, as it does for all later ones.
    private func firstIndex(where isAfter: (Item) -> Bool) -> Int {
        var range = 0..<items.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = isAfter(items[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }

    /// The remembered changes of one node, wherever it was, newest first: its own coming, going and moves, and those of
    /// its properties, with what each replaced. It ends with the coming of the node.
    ///
    /// O(number of remembered changes).
    public func entries(of node: NodeID) -> some Sequence<Entry> {
        sequence(state: Optional(end)) { next -> Entry? in
            while let position = next, let entry = self[position] {
                next = entry.change.brings(node) ? nil : position.previous
                if entry.change.concerns(node) { return entry }
            }
            return nil
        }
    }
}
