public import TreenityProtocol

extension OptimisticReplica {
    /// Applies one of the user's own edits, which the server still has to decide on.
    ///
    /// In a session it is given its `base`; what is to be sent is the newest of ``pending``.
    ///
    /// - Precondition: the patch has an `id`.
    /// - Parameter now: the time of an edit without timestamp.
    /// - Throws: ``Refusal`` where the edit is impossible already here, and `unavailable` where the server would take it
    ///   for something else until it has answered an earlier one; nothing is pending then.
    @discardableResult
    public mutating func edit(_ patch: Patch, now: Timestamp) throws(Refusal) -> Change {
        guard let id = patch.id else { preconditionFailure("a pending patch is recognised by its id: \(patch)") }
        let changes = try begin(PendingEdit(id: id, isBatch: false), [patch], now: now)
        guard let change = changes.first else { preconditionFailure("an edit without a change: \(patch)") }
        return change
    }

    /// Applies edits that the server takes all or not at all.
    ///
    /// - Precondition: each patch has an `id` of its own.
    /// - Parameter id: of the batch.
    /// - Throws: ``Refusal`` as ``edit(_:now:)``, with the index of the patch; nothing is pending then.
    /// - Returns: what each did.
    @discardableResult
    public mutating func edit(batch patches: [Patch], id: String, now: Timestamp) throws(Refusal) -> [Change] {
        for patch in patches { precondition(patch.id != nil, "a pending patch is recognised by its id: \(patch)") }
        return try begin(PendingEdit(id: id, isBatch: true), patches, now: now)
    }

    private mutating func begin(
        _ edit: PendingEdit, _ patches: [Patch], now: Timestamp
    ) throws(Refusal) -> [Change] {
        var edit = edit
        for (index, patch) in patches.enumerated() {
            do {
                try add(patch, to: &edit, now: now)
            } catch {
                edit.takeBack(from: &tree)
                for node in edit.reserved { tree.freeSlots.append(node.slot) }
                var refusal = error
                if edit.isBatch { refusal.index = index }
                throw refusal
            }
        }
        if pending.isEmpty { confirmedNewest = edit.patches.first?.change?.newestBefore ?? confirmedNewest }
        append(edit)
        return edit.patches.compactMap(\.change)
    }

    private mutating func add(_ patch: Patch, to edit: inout PendingEdit, now: Timestamp) throws(Refusal) {
        var patch = patch
        if epoch != nil { patch.base = applied }
        let texts = tree.texts(of: patch)
        if patch.base != nil || !texts.isEmpty { try checkOrder(patch, texts, after: edit) }
        try edit.append(PendingPatch(patch, texts: texts.compactMap(\.self)), to: &tree, now: now)
    }

    // MARK: What has to wait

    /// The server carries a patch over everything after its `base`, our own edits included, and so would take some that
    /// were made after those for something else.
    private func checkOrder(_ patch: Patch, _ texts: [PropertyKey?], after edit: PendingEdit) throws(Refusal) {
        var earlier = edit.patches.compactMap(\.change)
        // Few edits have to do with earlier ones, of which there may be many.
        if footprints.isNear(Footprint(of: patch, in: tree)) {
            earlier += pending.flatMap(\.patches).compactMap(\.change)
        }
        for change in earlier {
            if case .move = change.patch.operation, patch.uses(change.patch.path) {
                throw waiting("\(change.patch.path) has moved from there", patch)
            }
            if texts.contains(where: { $0.map(change.wrote) ?? false }) {
                throw waiting("the text has an edit", patch)
            }
        }
        guard !texts.isEmpty, isRenewing || patch.base == nil else { return }
        throw Refusal(.unavailable, "the text is not loaded yet", path: patch.path)
    }

    private func waiting(_ reason: String, _ patch: Patch) -> Refusal {
        Refusal(.unavailable, "\(reason), which the server has not answered yet", path: patch.path)
    }
}

extension PendingEdit {
    /// Adds a patch, and applies it.
    fileprivate mutating func append(
        _ patch: PendingPatch, to tree: inout Replica, now: Timestamp
    ) throws(Refusal) {
        var patch = patch
        try patch.apply(to: &tree, now: now)
        if let change = patch.change { note(inverse: tree.inverse(of: change), of: change) }
        patches.append(patch)
        unite(patch.footprint)
    }

    /// Where a part cannot be undone, nothing is.
    private mutating func note(inverse steps: [Patch], of change: Change) {
        guard !change.effects.isEmpty else { return }
        let isUndoable = !steps.isEmpty && (!inverse.isEmpty || !hadEffect)
        inverse = isUndoable ? steps + inverse : []
    }

    private var hadEffect: Bool { patches.contains { $0.change?.effects.isEmpty == false } }
}

extension Patch {
    /// Whether it names something within an address.
    fileprivate func uses(_ place: TreePath) -> Bool {
        if path.isWithin(place) { return true }
        switch operation {
        case .move(let target): return target.isWithin(place)
        case .edit(let value): return place.names(from: path).flatMap { value.member(at: $0) } != nil
        case .add, .delete, .execute: return false
        }
    }
}

extension Change {
    /// Whether it gave a property its value.
    fileprivate func wrote(_ key: PropertyKey) -> Bool {
        effects.contains { effect in
            switch effect {
            case .property(let property): property.key == key
            case .added(let node): node == key.node
            case .removed, .moved, .count: false
            }
        }
    }
}
