public import TreenityProtocol

/// A replica that shows the user's own edits at once, before the server has decided on them.
///
/// It is the confirmed tree with the pending edits applied on top. What the server sends is applied below them: where it
/// has to do with one of them, they are taken back, and then applied again on what is there now, at the addresses and in
/// the texts to which the server will carry them. What it sends twice counts once.
///
/// An edit is pending from ``edit(_:now:)`` until its own patches come from the server, or an answer to it:
/// ``acknowledged(_:at:)`` or ``refused(_:)``. Answers may come twice, and before or without the patches. Whatever has no
/// answer has to be sent again after a reconnect, also where its patches have come: see ``unanswered`` and
/// ``sessionBegan(_:)``.
public struct OptimisticReplica: Sendable {
    /// The tree as the user sees it.
    public internal(set) var tree = Replica()

    /// Edits that the server has not decided on as far as we know, oldest first.
    public internal(set) var pending: [PendingEdit] = []

    /// Under which ``applied`` means something; `nil`: the server has no session with us.
    public internal(set) var epoch: String?

    /// The highest place in the server's order that the tree includes, as far as we see it: what to resume from, and the
    /// `base` of new edits; `nil`: the tree is of no one place, and has to be loaded.
    public internal(set) var applied: SequenceNumber?

    /// Edits whose own patches have come in a session, and no answer, by their `id`s: they stand in the confirmed tree.
    var taken: [String: TakenEdit] = [:]
    /// How many edits were made.
    var madeCount = 0
    /// As whom the server knows us; `nil`: that is not known.
    var user: String?
    /// Patches up to here have come, or are in a snapshot of the whole tree: they are repeats.
    var seen = SequenceNumber.zero
    /// The newest timestamp in the confirmed tree.
    var confirmedNewest = Timestamp(milliseconds: 0)
    /// What the pending edits read and write.
    var footprints = FootprintIndex()
    /// The `id`s of the pending edits and of their patches.
    var pendingIDs: Set<String> = []
    /// How many of the pending edits are acknowledged.
    var acknowledgedCount = 0
    /// How many of the pending edits edit texts.
    var textEditCount = 0
    /// Snapshots under way, by the subscriptions that they answer.
    var loads: [String: SnapshotLoad] = [:]
    /// What came between the chunks of snapshots.
    var waiting = WaitingPatches()
    /// Parts of the tree that are of later places in the order than the rest, where those are not reached yet.
    var ahead: [TreePath: SequenceNumber] = [:]
    /// Nodes of which only the server knows how many children they have.
    var doubts = Doubts()

    /// An empty tree without edits.
    public init() {}

    /// The time for an edit made now: after everything that its user could have seen, whatever the clock says.
    public func timestamp(now: Timestamp) -> Timestamp {
        max(now, Timestamp(milliseconds: min(tree.newest.milliseconds, .max - 1) + 1))
    }

    // MARK: The confirmed tree

    /// The tree as the server has it, without the edits that are pending: a copy, which shares storage.
    ///
    /// Nodes that are only pending are not in it; all others have the same identities. O(what the pending edits did).
    public var confirmed: Replica {
        var copy = self
        copy.takeBackPending()
        for patch in copy.pending.flatMap(\.patches) { copy.tree.release(patch.reserved) }
        return copy.tree
    }

    /// Leaves the tree without the pending edits.
    mutating func takeBackPending() {
        for place in pending.indices.reversed() { pending[place].takeBack(from: &tree) }
        // What each edit puts back does not know of what came in below it.
        tree.newest = max(tree.newest, confirmedNewest)
    }

    /// Applies the pending edits to the confirmed tree; those that do not fit it now stay listed, unseen.
    mutating func applyPending() {
        confirmedNewest = tree.newest
        for place in pending.indices {
            let before = pending[place].footprint
            let now = pending[place].patches.first?.patch.timestamp ?? tree.newest
            try? pending[place].apply(to: &tree, now: now)
            guard pending[place].footprint != before else { continue }
            footprints.remove(before)
            footprints.insert(pending[place].footprint)
        }
    }

    /// An edit that is on the tree, or cannot be, is pending from now on.
    mutating func append(_ edit: PendingEdit) {
        var edit = edit
        edit.number = madeCount
        madeCount += 1
        insert(edit)
    }

    /// An edit counts among those that are pending.
    mutating func insert(_ edit: PendingEdit) {
        footprints.insert(edit.footprint)
        pendingIDs.formUnion(edit.ids)
        if edit.editsTexts { textEditCount += 1 }
        pending.append(edit)
    }

    /// Forgets an edit that is not on the tree.
    mutating func removePending(at place: Int) -> PendingEdit {
        let edit = pending.remove(at: place)
        footprints.remove(edit.footprint)
        if edit.acknowledged != nil { acknowledgedCount -= 1 }
        if edit.editsTexts { textEditCount -= 1 }
        pendingIDs.subtract(edit.ids)
        return edit
    }
}
