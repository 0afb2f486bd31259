public import TreenityProtocol

extension OptimisticReplica {
    /// Applies patches in the server's order; those that have come before are passed over.
    ///
    /// While a snapshot is under way patches wait, so that all its chunks meet the tree that they are true for. Those that
    /// have waited come first, once the last chunk has come: it should be followed by a call without patches.
    ///
    /// - Returns: what each did to the confirmed tree, or why it could not be applied.
    /// - Complexity: as that of applying them, where they have nothing to do with what the pending edits touch; otherwise
    ///   the pending edits are applied anew, once for all patches. An edit's own patch costs nothing, where it comes
    ///   first and as it was sent, and takes nothing away.
    public mutating func receive(_ patches: [Patch], now: Timestamp) -> [Received] {
        guard loading.isEmpty else {
            waiting.patches += patches
            return []
        }
        let (patches, reached) = waiting.taken(before: patches)
        defer { if let reached { self.reached(reached) } }
        var received: [Received] = []
        var rebase: Rebase?
        var place: Int?
        for (index, patch) in patches.enumerated() {
            guard isNew(patch, at: index, of: patches, sincePlace: &place), let torn = tornParts(by: patch) else {
                acknowledgeRepeat(of: patch)
                continue
            }
            if !torn.isEmpty, rebase == nil {
                takeBackPending()
                rebase = Rebase()
            }
            if rebase == nil, let direct = applyDirectly(patch, now: now) {
                received.append(direct)
                continue
            }
            if rebase == nil { takeBackPending() }
            received.append(applyBelow(patch, tearing: torn, now: now, &rebase))
        }
        if let rebase {
            for reserved in rebase.reserved.values { tree.release(reserved) }
            applyPending()
        }
        forgetAcknowledged()
        return received
    }

    /// What is left to do while the pending edits are taken back.
    private struct Rebase {
        /// The identities for what later patches of a batch add, of which the first has come.
        var reserved: [String: [Birthplace: NodeID]] = [:]
    }

    /// Several patches may be of one place in the order, and come together.
    ///
    /// - Parameter start: the index of the first patch of the latest place, where that is new.
    private mutating func isNew(
        _ patch: Patch, at index: Int, of patches: [Patch], sincePlace start: inout Int?
    ) -> Bool {
        guard let seq = patch.seq else { return true }
        guard seq > seen else {
            guard let start, patches[start].seq == seq else { return false }
            return !patches[start..<index].contains(patch)
        }
        start = index
        seen = seq
        applied = max(applied ?? .zero, seq)
        return true
    }

    /// A repeat of one's own patch tells that the server has taken it.
    private mutating func acknowledgeRepeat(of patch: Patch) {
        guard let place = confirmed(by: patch) else { return }
        take(pending[place], as: patch)
        acknowledge(at: place, seq: patch.seq)
    }

    /// The pending edit to which a patch from the server belongs.
    private func confirmed(by patch: Patch) -> Int? {
        // Only servers without sessions drop ids. Looking at each edit is left to where there is reason to.
        if let id = patch.id { guard pendingIDs.contains(id) else { return nil } } else if epoch != nil { return nil }
        return pending.firstIndex { edit in
            edit.patches.contains { $0.isConfirmed(by: patch, of: user) }
        }
    }

    // MARK: Beside the pending edits

    /// Applies a patch to the tree with the pending edits on it, where that is the same; `nil`: it is not.
    private mutating func applyDirectly(_ patch: Patch, now: Timestamp) -> Received? {
        guard !pending.isEmpty else { return apply(patch, reusing: [:], now: now) }
        guard patch.seq != nil else { return nil }
        if let place = confirmed(by: patch) { return place == 0 ? confirmOldest(by: patch) : nil }
        guard !footprints.isRelated(to: Footprint(of: patch, in: tree)) else { return nil }
        let received = apply(patch, reusing: [:], now: now)
        noteConfirmed(patch, now: now)
        return received
    }

    /// The oldest edit stays as it is, and is not pending any more.
    private mutating func confirmOldest(by patch: Patch) -> Received? {
        guard let edit = pending.first, edit.patches.count == 1,
            let change = edit.patches.first?.change(confirmedBy: patch),
            textEditCount == 0 || !pending.dropFirst().contains(where: { $0.editsText(in: change) })
        else { return nil }
        take(removePending(at: 0), as: patch)
        noteConfirmed(patch, now: confirmedNewest)
        return Received(patch: patch, outcome: .success(change))
    }

    private mutating func noteConfirmed(_ patch: Patch, now: Timestamp) {
        confirmedNewest = max(confirmedNewest, patch.timestamp ?? now)
    }

    // MARK: Below the pending edits

    private mutating func applyBelow(
        _ patch: Patch, tearing torn: [TreePath], now: Timestamp, _ rebase: inout Rebase?
    ) -> Received {
        var plan = rebase ?? Rebase()
        var reserved = patch.id.flatMap { plan.reserved.removeValue(forKey: $0) } ?? [:]
        if let place = confirmed(by: patch) {
            let edit = removePending(at: place)
            take(edit, as: patch)
            for part in edit.patches {
                if part.isConfirmed(by: patch, of: user) {
                    reserved = part.reserved
                } else if let id = part.patch.id {
                    plan.reserved[id] = part.reserved
                }
            }
        }
        rebase = plan
        let received = apply(patch, tearing: torn, reusing: reserved, now: now)
        if case .success(let change) = received.outcome { follow(change) }
        return received
    }

    private mutating func follow(_ change: Change) {
        guard !pending.isEmpty else { return }
        let keys = tree.texts(of: change.patch)
        var edits: [PropertyKey: TextEdit] = [:]
        for (key, leaf) in zip(keys, change.patch.textLeaves) { if let key { edits[key] = leaf.edit } }
        for place in pending.indices {
            for part in pending[place].patches.indices { pending[place].patches[part].follow(change, edits) }
        }
    }

    private mutating func apply(
        _ patch: Patch, tearing torn: [TreePath] = [], reusing reserved: [Birthplace: NodeID], now: Timestamp
    ) -> Received {
        let rule: ApplyRule = patch.seq == nil ? .merge : .decided
        let drops = torn.flatMap { tree.dropChildren(at: $0) }
        do {
            var change = try tree.apply(patch, rule: rule, now: now, reusing: reserved, isTentative: false)
            if !drops.isEmpty { change.effects = drops + change.effects }
            doubts.note(change.doubtful)
            return Received(patch: patch, outcome: .success(change))
        } catch {
            tree.takeBack(drops, [], reserving: [])
            tree.release(reserved)
            return Received(patch: patch, outcome: .failure(error))
        }
    }
}
