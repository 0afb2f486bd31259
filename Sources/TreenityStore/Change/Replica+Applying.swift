public import TreenityProtocol

extension Replica {
    /// Applies one patch, wholly or not at all.
    ///
    /// - Parameter now: the time of what carries no timestamp.
    /// - Throws: ``Refusal`` as section 2 of the protocol says; the tree is then as before.
    /// - Returns: what happened, which also is all that ``revert(_:)`` needs.
    /// - Complexity: O(length of the path and value), and O(nodes removed) for a removal.
    public mutating func apply(_ patch: consuming Patch, rule: ApplyRule, now: Timestamp) throws(Refusal) -> Change {
        try apply(patch, rule: rule, now: now, reusing: [:], isTentative: false)
    }

    /// As ``apply(_:rule:now:)``; new nodes are given the identities in `reusing` where one is there for them. The others
    /// of these are given up, but all stay reserved where the patch is refused: whoever reserved them may try again.
    ///
    /// What a tentative change removes keeps its slots; it has to be taken back before any change that is not tentative.
    mutating func apply(
        _ patch: consuming Patch, rule: ApplyRule, now: Timestamp, reusing: [Birthplace: NodeID], isTentative: Bool
    ) throws(Refusal) -> Change {
        let stamp = storedStamp(of: patch, now: now)
        if rule == .merge { patch = forwarded(patch, stamp) }
        var draft = Draft(
            rule: rule, path: patch.path, stamp: stamp,
            mindsDeletions: rule.comparesStamps && mindsDeletions(stamp),
            destinationDepth: reusing.isEmpty ? 0 : patch.destination.depth, reusing: reusing, isTentative: isTentative)
        do {
            try perform(patch, in: &draft)
        } catch {
            takeBack(draft.effects, draft.traces, reserving: Set(reusing.values))
            throw error
        }
        if !draft.reusing.isEmpty { release(draft.reusing) }
        var change = Change(patch: patch, effects: draft.effects, traces: draft.traces, newestBefore: newest)
        newest = max(newest, Timestamp(milliseconds: stamp.timestamp))
        if !draft.superseded.isEmpty { leaveOut(draft, of: &change) }
        return change
    }

    private mutating func storedStamp(of patch: Patch, now: Timestamp) -> StoredStamp {
        StoredStamp(timestamp: (patch.timestamp ?? now).milliseconds, sender: sender(of: patch))
    }

    private mutating func sender(of patch: Patch) -> UInt32 {
        guard let meta = patch.meta else { return 0 }
        let text = meta.text.utf8
        let bytes = text.span
        if let user = JSONValue.plainUser(in: bytes), let key = senders.key(bytes, user),
            let known = senders.number(of: key)
        {
            return min(known, StoredStamp.largestSender)
        }
        return senderNumber(patch.sender)
    }

    private func leaveOut(_ draft: Draft, of change: inout Change) {
        change.patch = change.patch.dropping(draft.dropped)
        change.superseded = draft.superseded.map { $0.map(\.escaped).joined(separator: "/") }
    }

    private mutating func perform(_ patch: Patch, in draft: inout Draft) throws(Refusal) {
        switch patch.operation {
        case .add(let value):
            if draft.rule == .merge { try merge(value, in: &draft) } else { try add(value, in: &draft) }
        case .edit(let value):
            if draft.rule == .merge { try merge(value, in: &draft) } else { try edit(value, in: &draft) }
        case .delete:
            if draft.rule == .merge { try mergeDeletion(in: &draft) } else { try delete(in: &draft) }
        case .move(let target):
            try move(to: target, in: &draft)
        case .execute:
            break
        }
    }
}
