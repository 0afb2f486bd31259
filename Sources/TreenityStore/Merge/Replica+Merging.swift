import TreenityProtocol

/// Patches that nobody has put in order: whatever order they come in, the same set gives the same tree.
///
/// What decides is the stamps alone. A property goes to the latest write; at equal stamps, to the larger value. A
/// deletion takes what is older than itself. A node is there as long as it, or something in it, was written no earlier
/// than its latest deletion: so each write also renews the stamps of the nodes above it. A property is a deletion, too,
/// of what lies below its address; where a node and a property compete for one, the later is there, at equal stamps the
/// node.
extension Replica {
    // MARK: ADD and EDIT

    mutating func merge(_ value: JSONValue, in draft: inout Draft) throws(Refusal) {
        guard TextEdit(value) == nil else { throw noOrder(draft) }
        let text = value.text.utf8
        var walk = JSONMembers()
        let way = numbers(draft.path)
        guard let name = way.last else {
            guard value.isObject else { throw isNode(draft.path, draft) }
            try mergeMembers(&walk, of: value.text, text.span, into: root.slot, Cover(), in: &draft)
            return
        }
        var slot = root.slot
        var cover = Cover()
        for name in way.dropLast() {
            guard let child = mergeNode(name, under: slot, &cover, in: &draft) else {
                supersede(value, in: &draft)
                return
            }
            slot = child
        }
        if value.isObject {
            guard let node = mergeNode(name, under: slot, &cover, in: &draft) else {
                supersede(value, in: &draft)
                return
            }
            try mergeMembers(&walk, of: value.text, text.span, into: node, cover, in: &draft)
        } else if !mergeProperty(value, name, of: slot, cover, in: &draft) {
            draft.supersede(nil)
        }
    }

    private mutating func supersede(_ value: JSONValue, in draft: inout Draft) {
        guard value.isObject else { return draft.supersede(nil) }
        let text = value.text.utf8
        var walk = JSONMembers()
        supersedeMembers(&walk, of: text.span, in: &draft)
    }

    private mutating func mergeMembers(
        _ walk: inout JSONMembers, of text: String, _ bytes: Span<UInt8>, into slot: Int32, _ cover: Cover,
        in draft: inout Draft
    ) throws(Refusal) {
        while let key = walk.nextKey(in: bytes) {
            let name = try number(of: key, in: bytes, draft)
            guard walk.isAtObject(in: bytes) else {
                let value = JSONValue(part: walk.skipValue(in: bytes), of: text)
                if !mergeProperty(value, name, of: slot, cover, in: &draft) { draft.supersede(name) }
                continue
            }
            guard textEdit(&walk, of: text, bytes) == nil else { throw noOrder(draft) }
            var below = cover
            draft.way.append(name)
            walk.enterObject()
            if let node = mergeNode(name, under: slot, &below, in: &draft) {
                try mergeMembers(&walk, of: text, bytes, into: node, below, in: &draft)
            } else {
                supersedeMembers(&walk, of: bytes, in: &draft)
            }
            draft.way.removeLast()
        }
    }

    /// Sees to it that a node is there and as new as the patch; `nil` where what is deleted there, or a property, is newer.
    private mutating func mergeNode(
        _ name: UInt32, under parent: Int32, _ cover: inout Cover, in draft: inout Draft
    ) -> Int32? {
        cover = self.cover(name, below: cover)
        guard !isDead(draft.stamp, under: cover) else { return nil }
        let child = findChild(name, of: parent)
        guard child == .none else {
            renew(child, in: &draft)
            return child
        }
        let property = findProperty(name, of: parent)
        if property != .none {
            let stamp = properties[Int(property)].stamp
            guard !isOlder(draft.stamp, than: stamp) else { return nil }
            removeProperty(property, of: parent, in: &draft)
            mark(wayNumbers(to: parent) + [name], deletedAt: stamp, in: &draft)
            cover = self.cover(of: wayNumbers(to: parent) + [name])
        }
        return addNode(name, under: parent, in: &draft)
    }

    private mutating func renew(_ slot: Int32, in draft: inout Draft) {
        let stamp = records[Int(slot)].stamp
        guard isOlder(stamp, than: draft.stamp) else { return }
        draft.traces.append(.stamp(slot: slot, previous: stamp))
        records[Int(slot)].stamp = draft.stamp
    }

    /// `false` where what is there, or its deletion, is newer.
    private mutating func mergeProperty(
        _ value: JSONValue, _ name: UInt32, of slot: Int32, _ cover: Cover, in draft: inout Draft
    ) -> Bool {
        guard !isDead(draft.stamp, under: self.cover(name, below: cover)) else { return false }
        let property = findProperty(name, of: slot)
        if property != .none {
            let stamp = properties[Int(property)].stamp
            if isOlder(draft.stamp, than: stamp) { return false }
            if stamp == draft.stamp {
                let old = properties[Int(property)].value
                if old == value { return true }
                guard old.text.utf8.lexicographicallyPrecedes(value.text.utf8) else { return false }
            }
            overwrite(property, with: value, draft.stamp, of: slot, in: &draft)
            return true
        }
        let child = findChild(name, of: slot)
        if child != .none {
            mark(wayNumbers(to: child), deletedAt: draft.stamp, in: &draft)
            guard remove(child, olderThan: draft.stamp, in: &draft) else { return false }
        }
        append(value, name, to: slot, in: &draft)
        return true
    }

    // MARK: DELETE

    mutating func mergeDeletion(in draft: inout Draft) throws(Refusal) {
        let way = numbers(draft.path)
        guard !way.isEmpty else { throw rootStays(draft.path) }
        mark(way, deletedAt: draft.stamp, in: &draft)
        switch resolve(draft.path) {
        case .node(let slot):
            _ = remove(slot, olderThan: draft.stamp, in: &draft)
        case .property(let slot, let property):
            guard isOlder(properties[Int(property)].stamp, than: draft.stamp) else { return }
            removeProperty(property, of: slot, in: &draft)
        case .missing, .blocked: break
        }
    }

    /// Removes what is older from a node, and the node where nothing keeps it.
    ///
    /// - Returns: whether the node is gone.
    private mutating func remove(_ top: Int32, olderThan stamp: StoredStamp, in draft: inout Draft) -> Bool {
        var kept: Set<Int32> = []
        forEachNode(below: top) { slot in
            guard !isOlder(newestStamp(in: slot), than: stamp) else { return }
            var keeper = slot
            while kept.insert(keeper).inserted, keeper != top { keeper = records[Int(keeper)].parent }
        }
        guard kept.contains(top) else {
            draft.effects.append(.removed(takeOut(top, isTentative: draft.isTentative)))
            return true
        }
        for slot in Array(subtreeSlots(of: top)) where kept.contains(slot) {
            for property in Array(propertySlots(of: slot)) where isOlder(properties[Int(property)].stamp, than: stamp) {
                removeProperty(property, of: slot, in: &draft)
            }
            for child in Array(childSlots(of: slot)) where !kept.contains(child) {
                draft.effects.append(.removed(takeOut(child, isTentative: draft.isTentative)))
            }
        }
        return false
    }

    // MARK: MOVE

    /// The patch at the addresses to which later moves have taken what it is about.
    func forwarded(_ patch: Patch, _ stamp: StoredStamp) -> Patch {
        guard stamp.timestamp <= forwards.newest else { return patch }
        return forwards.moves.reduce(patch) { patch, forward in
            isOlder(stamp, than: forward.stamp) ? patch.carried(over: forward.move) : patch
        }
    }

    private func noOrder(_ draft: Draft) -> Refusal {
        Refusal(.stale, "a text edit means something only in an order", path: draft.path)
    }
}
