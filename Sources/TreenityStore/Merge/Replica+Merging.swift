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
        guard !value.isTextEdit else { throw noOrder(draft) }
        let way = draft.path.names
        guard let name = way.last else {
            guard value.isObject else { throw isNode(draft.path, draft) }
            return try mergeMembers(of: value, into: root.slot, Cover(), in: &draft)
        }
        var slot = root.slot
        var cover = Cover()
        for name in value.isObject ? way[...] : way.dropLast() {
            guard let child = mergeNode(name, under: slot, &cover, in: &draft) else {
                return isUnloaded(slot) ? try doubt(slot, in: &draft) : supersede(value, in: &draft)
            }
            slot = child
        }
        if value.isObject {
            try mergeMembers(of: value, into: slot, cover, in: &draft)
        } else if !mergeProperty(value, name, of: slot, cover, in: &draft) {
            draft.supersede(nil)
        }
    }

    private mutating func mergeMembers(
        of value: JSONValue, into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        let text = value.text.utf8
        var walk = JSONMembers()
        try mergeMembers(&walk, of: text.span, into: slot, cover, in: &draft)
    }

    private mutating func mergeMembers(
        _ walk: inout JSONMembers, of bytes: Span<UInt8>, into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        while let key = walk.nextKey(in: bytes) {
            let name = try name(of: key, in: bytes, draft)
            guard walk.isAtObject(in: bytes) else {
                let value = JSONValue(part: walk.skipValue(in: bytes), of: bytes)
                if !mergeProperty(value, name, of: slot, cover, in: &draft) { draft.supersede(name) }
                continue
            }
            guard textEdit(&walk, of: bytes) == nil else { throw noOrder(draft) }
            var below = cover
            draft.way.append(name)
            walk.enterObject()
            if let node = mergeNode(name, under: slot, &below, in: &draft) {
                try mergeMembers(&walk, of: bytes, into: node, below, in: &draft)
            } else {
                if isUnloaded(slot) { try doubt(slot, in: &draft) }
                supersedeMembers(&walk, of: bytes, in: &draft)
            }
            draft.way.removeLast()
        }
    }

    /// Sees to it that a node is there and as new as the patch; `nil` where what is deleted there, or a property, is newer,
    /// or where nothing is loaded.
    private mutating func mergeNode(
        _ name: Name, under parent: Int32, _ cover: inout Cover, in draft: inout Draft
    ) -> Int32? {
        let above = cover
        cover = self.cover(name, below: above)
        guard !isDead(draft.stamp, under: cover) else { return nil }
        let child = findChild(name, of: parent)
        guard child == .none else {
            renew(child, in: &draft)
            return child
        }
        guard !isUnloaded(parent) else { return nil }
        let key = names.intern(name.text)
        let property = findProperty(key, of: parent)
        if property != .none {
            let stamp = properties.stamp(of: property)
            guard !isOlder(draft.stamp, than: stamp) else { return nil }
            removeProperty(property, of: parent, in: &draft)
            mark(wayNumbers(to: parent) + [key], deletedAt: stamp, in: &draft)
            cover = self.cover(of: wayNumbers(to: parent) + [key])
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
        _ value: JSONValue, _ name: Name, of slot: Int32, _ cover: Cover, in draft: inout Draft
    ) -> Bool {
        guard !isDead(draft.stamp, under: self.cover(name, below: cover)) else { return false }
        let key = names.intern(name.text)
        let property = findProperty(key, of: slot)
        guard property == .none else { return mergeValue(value, into: property, of: slot, in: &draft) }
        let child = findChild(name, of: slot)
        if child != .none {
            mark(wayNumbers(to: child), deletedAt: draft.stamp, in: &draft)
            guard remove(child, olderThan: draft.stamp, in: &draft) else { return false }
        }
        append(value, key, to: slot, in: &draft)
        return true
    }

    private mutating func mergeValue(
        _ value: JSONValue, into property: Int32, of slot: Int32, in draft: inout Draft
    ) -> Bool {
        let stamp = properties.stamp(of: property)
        if stamp == draft.stamp {
            let old = properties.value(of: property)
            if old == value { return true }
            guard old.text.utf8.lexicographicallyPrecedes(value.text.utf8) else { return false }
        }
        return replace(property, with: value, of: slot, in: &draft)
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
            guard isOlder(properties.stamp(of: property), than: draft.stamp) else { return }
            removeProperty(property, of: slot, in: &draft)
        case .missing(let deepest, let reached) where isUnloaded(deepest):
            try deleteUnseen(below: deepest, reached, in: &draft)
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
            draft.note(.removed(takeOut(top, isTentative: draft.isTentative)))
            return true
        }
        for slot in Array(subtreeSlots(of: top)) where kept.contains(slot) {
            // By their keys: where one stands changes with the removal of another.
            let old = propertySlots(of: slot).filter { isOlder(properties.stamp(of: $0), than: stamp) }
            for key in old.map(properties.key) { removeProperty(findProperty(key, of: slot), of: slot, in: &draft) }
            for child in Array(childSlots(of: slot)) where !kept.contains(child) {
                draft.note(.removed(takeOut(child, isTentative: draft.isTentative)))
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
