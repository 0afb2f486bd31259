public import TreenityProtocol

extension OptimisticReplica {
    /// The server has taken an edit, or it was nothing to it.
    ///
    /// The server sends an edit's patches before this, so that what then is still pending had no effect, or is not seen by
    /// us, and is taken back. Where the answer is ahead of what has come, the edit stays until the tree is as far.
    ///
    /// - Parameter seq: its place in the order; `nil`: it has none.
    /// - Returns: the edit that had no answer, if any.
    @discardableResult
    public mutating func acknowledged(_ id: String, at seq: SequenceNumber?) -> PendingEdit? {
        let taken = taken.removeValue(forKey: id)
        guard pendingIDs.contains(id), let place = pending.firstIndex(where: { $0.id == id }) else {
            return taken?.edit
        }
        let edit = pending[place]
        acknowledge(at: place, seq: seq)
        forgetAcknowledged()
        return edit
    }

    /// The server has refused an edit: what it did is undone.
    ///
    /// One whose patches have come was taken all the same: see ``acknowledgement(of:)``.
    ///
    /// - Returns: the edit that was pending, and those that cannot be shown without it; `nil`: none was pending.
    @discardableResult
    public mutating func refused(_ id: String) -> RefusedEdit? {
        guard pendingIDs.contains(id), let place = pending.firstIndex(where: { $0.id == id }) else { return nil }
        let edit = pending[place]
        let shown = Set(pending.filter(\.isShown).map(\.id))
        forget { $0.id == id }
        return RefusedEdit(edit: edit, blocked: pending.filter { !$0.isShown && shown.contains($0.id) })
    }

    /// All patches up to a place have come that we see at all.
    public mutating func reached(_ seq: SequenceNumber) {
        guard waiting.patches.isEmpty else { return waiting.reached = seq }
        applied = max(applied ?? .zero, seq)
        ahead = ahead.filter { $0.value > seq }
        forgetAcknowledged()
    }

    /// The answer that can be given to an edit whose patches have come, where the server does not give it: asked again, it
    /// may say that it is too busy, or have forgotten.
    public func acknowledgement(of id: String) -> Acknowledgement? {
        guard let taken = taken[id] else { return nil }
        let seq = taken.edit.isBatch ? applied : taken.decided.seq
        return Acknowledgement(id: id, seq: seq ?? .zero, timestamp: taken.decided.timestamp ?? tree.newest)
    }

    /// What has to be sent, again or for the first time, now that there is a connection, in this order.
    public var unanswered: [PendingEdit] {
        (taken.values.map(\.edit) + pending.filter { $0.acknowledged == nil }).sorted { $0.number < $1.number }
    }

    // MARK: Connections

    /// A connection stands.
    ///
    /// Under the epoch of before, everything goes on: what was missed comes with its places in the order, or a snapshot
    /// does. Under another one, the places mean nothing: edits without an answer, also those whose patches had come, are
    /// meant for the tree that now comes, and have no `base`; those that edit a text mean nothing either.
    ///
    /// - Parameter welcome: `nil`: the server has no sessions.
    /// - Returns: the edits that are lost, and pending no more.
    @discardableResult
    public mutating func sessionBegan(_ welcome: Welcome?) -> [PendingEdit] {
        user = welcome?.user
        guard epoch == nil || welcome?.epoch != epoch else { return [] }
        let isOther = epoch != nil
        epoch = welcome?.epoch
        applied = nil
        seen = .zero
        ahead = [:]
        return isOther ? enterNewOrder() : []
    }

    private mutating func enterNewOrder() -> [PendingEdit] {
        takeBackPending()
        regainTaken()
        var lost: [PendingEdit] = []
        for place in pending.indices.reversed() {
            let isKnown = pending[place].acknowledged != nil
            if !isKnown, pending[place].enterNewOrder() { continue }
            let edit = forgetTakenBack(at: place)
            if !isKnown { lost.append(edit) }
        }
        applyPending()
        return lost.reversed()
    }

    /// What the old tree has taken means nothing to the new one.
    private mutating func regainTaken() {
        for edit in taken.values.map(\.edit) { insert(edit) }
        pending.sort { $0.number < $1.number }
        taken = [:]
    }

    /// The connection is gone: the snapshots that were under way will begin anew.
    ///
    /// Where one of them was a renewal, parts of the tree are of later places than others, and there is nothing to resume
    /// from. Refinements only leave their nodes not loaded, and in doubt (``Replica/isDoubtful(_:)-(NodeID)``).
    public mutating func connectionLost() {
        defer {
            (loads, waiting) = ([:], WaitingPatches())
            doubts = Doubts(tree.doubtfulNodes)
        }
        let broken = loads.values.filter { !$0.summary.isPassedOver }
        guard !broken.isEmpty else { return }
        guard broken.allSatisfy(\.refines), applied != nil else {
            (applied, seen, ahead) = (nil, .zero, [:])
            return
        }
        takeBackPending()
        for load in broken { _ = tree.dropChildren(at: load.top) }
        applyPending()
    }

    // MARK: Forgetting

    /// An edit's own patch has come. A server without sessions says no more of it.
    mutating func take(_ edit: PendingEdit, as decided: Patch) {
        guard epoch != nil, edit.acknowledged == nil else { return }
        taken[edit.id] = TakenEdit(edit, as: decided)
    }

    mutating func acknowledge(at place: Int, seq: SequenceNumber?) {
        if pending[place].acknowledged == nil { acknowledgedCount += 1 }
        pending[place].acknowledged = seq ?? .zero
    }

    /// What was acknowledged is as far as it will come.
    mutating func forgetAcknowledged() {
        guard acknowledgedCount > 0 else { return }
        let applied = applied ?? .zero
        forget { edit in edit.acknowledged.map { $0 <= applied } ?? false }
    }

    private mutating func forget(where isSettled: (PendingEdit) -> Bool) {
        guard pending.contains(where: isSettled) else { return }
        takeBackPending()
        for place in pending.indices.reversed() where isSettled(pending[place]) { _ = forgetTakenBack(at: place) }
        applyPending()
    }

    private mutating func forgetTakenBack(at place: Int) -> PendingEdit {
        let edit = removePending(at: place)
        tree.freeSlots += edit.reserved.map(\.slot)
        return edit
    }
}
