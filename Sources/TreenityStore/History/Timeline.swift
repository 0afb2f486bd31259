/// The tree as it was at any remembered moment, for freeze and time travel.
///
/// A copy of the replica and of its history, which share storage with both: what either forgets or does afterwards
/// changes nothing here, until ``follow(_:_:)`` takes in what has come since. A state is as it was in all that one can see,
/// order, stamps and the identities of nodes included.
///
/// Versions of children (``Replica/childrenVersion(of:)``) are counted anew: nothing that was made by those of one tree is
/// to be used with the other.
public struct Timeline: Sendable {
    /// The tree at ``position``: to look at, not to apply patches to, for what it knows of deletions is that of the present.
    public private(set) var tree: Replica

    /// Which state ``tree`` is.
    public private(set) var position: History.Position

    private(set) var history: History

    /// What was taken back, the next one to be done again last.
    private(set) var ahead = ChunkedQueue<Rewound>()

    /// Begins at the present.
    ///
    /// - Parameters:
    ///   - tree: the replica, without edits that are pending (``OptimisticReplica/confirmed``).
    ///   - history: all its changes, up to the latest, and its cuts.
    public init(_ tree: Replica, _ history: History) {
        self.tree = tree
        self.history = history
        position = history.end
    }

    /// The states that can be gone to.
    public var reach: ClosedRange<History.Position> { history.reach }

    // MARK: Going

    /// Goes to a state. O(what the changes between did).
    ///
    /// - Throws: ``OutOfReach`` where it is forgotten or has not come; nothing changes then.
    public mutating func go(to target: History.Position) throws(OutOfReach) {
        guard reach.contains(target) else {
            throw OutOfReach(target < position ? .forgotten : .notYet, target, reach: reach)
        }
        while position > target { try stepBack() }
        while position < target { try stepForward() }
    }

    /// Goes one change back.
    ///
    /// - Returns: the change that was taken back.
    /// - Throws: ``OutOfReach`` at the beginning of ``reach``.
    @discardableResult
    public mutating func stepBack() throws(OutOfReach) -> History.Entry {
        guard reach.contains(position.previous), let entry = history[position] else {
            throw OutOfReach(.forgotten, position.previous, reach: reach)
        }
        ahead.append(tree.rewind(entry.change))
        position = position.previous
        return entry
    }

    /// Goes one change forward.
    ///
    /// - Returns: the change that was done again.
    /// - Throws: ``OutOfReach`` at the end of ``reach``; what has come since may be taken in by ``follow(_:_:)``.
    @discardableResult
    public mutating func stepForward() throws(OutOfReach) -> History.Entry {
        guard let entry = history[position.next], let rewound = ahead.popLast() else {
            throw OutOfReach(.notYet, position.next, reach: reach)
        }
        tree.redo(rewound)
        position = position.next
        return entry
    }

    // MARK: What has come since

    /// Takes in what has come since, and stays where it is.
    ///
    /// - Parameters:
    ///   - tree: the same replica as it is now, without edits that are pending.
    ///   - history: its history now.
    /// - Throws: ``OutOfReach`` where the history has meanwhile forgotten what follows ``position``, or was cut;
    ///   nothing changes then, and the states that were remembered here can still be gone to.
    /// - Complexity: O(what the changes from ``position`` to now did).
    public mutating func follow(_ tree: Replica, _ history: History) throws(OutOfReach) {
        guard history.reach.contains(position), history.cutCount == self.history.cutCount else {
            throw OutOfReach(.forgotten, position, reach: history.reach)
        }
        var timeline = Timeline(tree, history)
        try timeline.go(to: position)
        self = timeline
    }
}
