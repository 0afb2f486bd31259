public import TreenityProtocol

extension Replica {
    /// Applies one patch, wholly or not at all.
    ///
    /// - Parameter now: the time of what carries no timestamp.
    /// - Throws: ``Refusal`` as section 2 of the protocol says; the tree is then as before.
    /// - Returns: what happened, which also is all that ``revert(_:)`` needs.
    /// - Complexity: O(length of the path and value), and O(nodes removed) for a removal.
    public mutating func apply(_ patch: Patch, rule: ApplyRule, now: Timestamp) throws(Refusal) -> Change {
        try apply(patch, rule: rule, now: now, reusing: [], isTentative: false)
    }

    /// As ``apply(_:rule:now:)``; new nodes are given the identities in `reusing` first.
    ///
    /// A tentative change has to be taken back by ``revertTentatively(_:)`` before any other that is not.
    mutating func apply(
        _ patch: Patch, rule: ApplyRule, now: Timestamp, reusing: [NodeID], isTentative: Bool
    ) throws(Refusal) -> Change {
        let stamp = patch.stamp(receivedAt: now)
        var draft = Draft(
            rule: rule, stamp: stamp, sender: senders.intern(stamp.sender), reusing: reusing[...],
            isTentative: isTentative)
        do {
            try perform(patch, in: &draft)
        } catch {
            for effect in draft.effects.reversed() { revert(effect, isTentative: false) }
            // Identities that were reserved stay so: whoever reserved them may try again.
            if !reusing.isEmpty { freeSlots.removeAll { slot in reusing.contains { $0.slot == slot } } }
            throw error
        }
        for id in draft.reusing { release(id.slot) }
        newest = max(newest, stamp.timestamp)
        return Change(
            patch: patch.dropping(draft.superseded), effects: draft.effects,
            superseded: draft.superseded.map { $0.map(\.escaped).joined(separator: "/") })
    }

    private mutating func perform(_ patch: Patch, in draft: inout Draft) throws(Refusal) {
        switch patch.operation {
        case .add(let value): try add(value, at: patch.path, in: &draft)
        case .edit(let value): try edit(value, at: patch.path, in: &draft)
        case .delete: try delete(at: patch.path, in: &draft)
        case .move(let target): try move(patch.path, to: target, in: &draft)
        case .execute: break
        }
    }

    // MARK: ADD and EDIT

    private mutating func add(_ value: JSONValue, at path: TreePath, in draft: inout Draft) throws(Refusal) {
        let way = path.names
        switch resolve(way) {
        case .node(let slot):
            guard !draft.rule.isStrict else { throw Refusal(.exists, "\(path) exists already", path: path) }
            try merge(value, into: slot, at: [], of: path, in: &draft)
        case .property(let slot, _):
            try set(value, of: slot, at: [], of: path, in: &draft)
        case .missing(let deepest, let reached):
            try create(value, at: path, below: deepest, way: way[reached...], in: &draft)
        case .blocked:
            throw Refusal(.typeMismatch, "a property is on the way to \(path), which can hold nothing", path: path)
        }
    }

    private mutating func edit(_ value: JSONValue, at path: TreePath, in draft: inout Draft) throws(Refusal) {
        let way = path.names
        switch resolve(way) {
        case .node(let slot):
            try merge(value, into: slot, at: [], of: path, in: &draft)
        case .property(let slot, _):
            try set(value, of: slot, at: [], of: path, in: &draft)
        case .missing(let deepest, let reached):
            guard !draft.rule.isStrict else { throw notFound(path) }
            try create(value, at: path, below: deepest, way: way[reached...], in: &draft)
        case .blocked:
            throw notFound(path)
        }
    }

    /// Brings an object's members into a node, leaf by leaf.
    private mutating func merge(
        _ value: JSONValue, into slot: Int32, at way: [Name], of path: TreePath, in draft: inout Draft
    ) throws(Refusal) {
        guard let members = value.members else {
            throw Refusal(.typeMismatch, "\(path.appending(way)) is a node and takes an object only", path: path)
        }
        for member in members {
            let name = try memberName(member.key, path)
            let number = names.intern(name)
            let child = index.find(parent: slot, name: number, in: records)
            if child != .none {
                try merge(member.value, into: child, at: way + [name], of: path, in: &draft)
            } else if !member.value.isObject || TextEdit(member.value) != nil {
                try set(member.value, of: slot, at: way + [name], of: path, in: &draft)
            } else if records[Int(slot)].properties.contains(where: { $0.key == number }) {
                throw mismatch(path.appending(way + [name]), path)
            } else {
                let child = addNode(number, under: slot, in: &draft)
                try fill(child, with: member.value, path, in: &draft)
            }
        }
    }

    private mutating func create(
        _ value: JSONValue, at path: TreePath, below deepest: Int32, way: ArraySlice<Name>, in draft: inout Draft
    ) throws(Refusal) {
        let isNode = value.isObject
        let parent = addNodes(isNode ? way : way.dropLast(), under: deepest, in: &draft)
        if isNode {
            try fill(parent, with: value, path, in: &draft)
        } else if let name = way.last {
            write(value, to: parent, key: names.intern(name), in: &draft)
        }
    }

    /// Gives a node that has just come into being its properties and children.
    private mutating func fill(
        _ slot: Int32, with value: JSONValue, _ path: TreePath, in draft: inout Draft
    ) throws(Refusal) {
        for member in value.members ?? [] {
            let number = names.intern(try memberName(member.key, path))
            guard member.value.isObject else {
                records[Int(slot)].properties.append(stored(member.value, key: number, in: draft))
                continue
            }
            guard TextEdit(member.value) == nil else {
                throw Refusal(.stale, "there is no text to edit at “\(member.key)”", path: path)
            }
            try fill(addNode(number, under: slot, in: &draft), with: member.value, path, in: &draft)
        }
    }

    /// Creates the nodes of a way, and says which one is its end.
    private mutating func addNodes(_ way: ArraySlice<Name>, under top: Int32, in draft: inout Draft) -> Int32 {
        way.reduce(top) { addNode(names.intern($1), under: $0, in: &draft) }
    }

    private mutating func addNode(_ name: UInt32, under parent: Int32, in draft: inout Draft) -> Int32 {
        let slot = draft.reusing.popFirst()?.slot ?? takeSlot()
        records[Int(slot)] = NodeRecord(
            generation: records[Int(slot)].generation, name: name, parent: .none, sender: draft.sender,
            timestamp: draft.stamp.timestamp.milliseconds)
        link(slot, under: parent, before: .none)
        nodeCount += 1
        draft.effects.append(.added(id(slot)))
        return slot
    }

    // MARK: Properties

    /// Sets a property that may be there already, older values giving way to newer ones only.
    private mutating func set(
        _ value: JSONValue, of slot: Int32, at way: [Name], of path: TreePath, in draft: inout Draft
    ) throws(Refusal) {
        guard let name = way.last ?? path.name else { throw mismatch(path, path) }
        let key = names.intern(name)
        let old = records[Int(slot)].properties.first { $0.key == key }
        if let edit = TextEdit(value) {
            try set(edit, of: slot, key: key, old: old, path.appending(way), in: &draft)
            return
        }
        guard !value.isObject else { throw mismatch(path.appending(way), path) }
        if draft.rule.comparesStamps, let old, draft.stamp < stamp(of: old) {
            draft.supersede(way)
        } else {
            write(value, to: slot, key: key, in: &draft)
        }
    }

    private mutating func set(
        _ edit: TextEdit, of slot: Int32, key: UInt32, old: StoredProperty?, _ path: TreePath, in draft: inout Draft
    ) throws(Refusal) {
        guard let text = old?.value.string, let edited = edit.applied(to: text) else {
            throw Refusal(.stale, "the text edit does not fit what is at \(path)", path: path)
        }
        write(.string(edited), to: slot, key: key, in: &draft)
    }

    private mutating func write(_ value: JSONValue, to slot: Int32, key: UInt32, in draft: inout Draft) {
        let new = stored(value, key: key, in: draft)
        var old: Property?
        let place: Int
        if let found = records[Int(slot)].properties.firstIndex(where: { $0.key == key }) {
            place = found
            old = property(records[Int(slot)].properties[found])
            records[Int(slot)].properties[found] = new
        } else {
            place = records[Int(slot)].properties.count
            records[Int(slot)].properties.append(new)
        }
        draft.effects.append(
            .property(PropertyChange(node: id(slot), name: names[key], old: old, new: property(new), place: place)))
    }

    private func stored(_ value: JSONValue, key: UInt32, in draft: Draft) -> StoredProperty {
        StoredProperty(
            key: key, sender: draft.sender, timestamp: draft.stamp.timestamp.milliseconds, value: value)
    }

    private mutating func removeProperty(of slot: Int32, place: Int, in draft: inout Draft) -> StoredProperty {
        let old = records[Int(slot)].properties.remove(at: place)
        draft.effects.append(
            .property(
                PropertyChange(node: id(slot), name: names[old.key], old: property(old), new: nil, place: place)))
        return old
    }

    // MARK: DELETE

    private mutating func delete(at path: TreePath, in draft: inout Draft) throws(Refusal) {
        switch resolve(path.names) {
        case .node(root.slot):
            throw Refusal(.forbidden, "the root cannot be deleted", path: path)
        case .node(let slot):
            if draft.rule.comparesStamps, let newer = newerThan(draft.stamp, in: slot) {
                throw superseded(path, by: newer)
            }
            draft.effects.append(.removed(takeOut(slot, isTentative: draft.isTentative)))
        case .property(let slot, let place):
            let found = stamp(of: records[Int(slot)].properties[place])
            if draft.rule.comparesStamps, draft.stamp < found { throw superseded(path, by: found) }
            _ = removeProperty(of: slot, place: place, in: &draft)
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(path) }
        }
    }

    private func newerThan(_ stamp: Stamp, in top: Int32) -> Stamp? {
        var newest: Stamp?
        forEachNode(below: top) { slot in
            guard newest == nil else { return }
            let found = self.stamp(of: id(slot))
            if stamp < found { newest = found }
        }
        return newest
    }

    // MARK: MOVE

    private mutating func move(_ source: TreePath, to target: TreePath, in draft: inout Draft) throws(Refusal) {
        guard !source.isRoot else { throw Refusal(.forbidden, "the root cannot be moved", path: source) }
        let found = resolve(source.names)
        switch found {
        case .node, .property: break
        case .missing, .blocked:
            if draft.rule.isStrict { throw notFound(source) }
            return
        }
        if case .node = found, target.isBelow(source) {
            throw Refusal(.cycle, "\(target) lies inside of what moves", path: target)
        }
        let way = target.names
        switch resolve(way) {
        case .node, .property: throw Refusal(.exists, "\(target) exists already", path: target)
        case .blocked:
            throw Refusal(.typeMismatch, "a property is on the way to \(target), which can hold nothing", path: target)
        case .missing(let deepest, let reached):
            guard let name = way.last else { return }
            let parent = addNodes(way[reached...].dropLast(), under: deepest, in: &draft)
            try relocate(found, under: parent, as: names.intern(name), in: &draft)
        }
    }

    private mutating func relocate(
        _ found: Resolution, under parent: Int32, as name: UInt32, in draft: inout Draft
    ) throws(Refusal) {
        switch found {
        case .node(let slot):
            let from = place(of: slot)
            unlink(slot)
            records[Int(slot)].name = name
            link(slot, under: parent, before: .none)
            draft.effects.append(
                .moved(NodeMove(node: id(slot), oldParent: id(from.parent), oldName: names[from.name], from: from)))
        case .property(let slot, let place):
            var property = removeProperty(of: slot, place: place, in: &draft)
            property.key = name
            records[Int(parent)].properties.append(property)
            draft.effects.append(
                .property(
                    PropertyChange(
                        node: id(parent), name: names[name], old: nil, new: self.property(property),
                        place: records[Int(parent)].properties.count - 1)))
        case .missing, .blocked: break
        }
    }

    func place(of slot: Int32) -> Place {
        let record = records[Int(slot)]
        return Place(parent: record.parent, name: record.name, next: record.next)
    }

    // MARK: Refusals

    private func notFound(_ path: TreePath) -> Refusal { Refusal(.notFound, "nothing is at \(path)", path: path) }

    private func mismatch(_ place: TreePath, _ path: TreePath) -> Refusal {
        Refusal(.typeMismatch, "\(place) is a property and takes no object", path: path)
    }

    private func superseded(_ path: TreePath, by stamp: Stamp) -> Refusal {
        let who = stamp.sender.isEmpty ? "somebody" : stamp.sender
        return Refusal(.superseded, "\(who) changed something in \(path) since", path: path)
    }

    private func memberName(_ key: String, _ path: TreePath) throws(Refusal) -> Name {
        do {
            return try Name(key)
        } catch {
            throw Refusal(.invalidPath, error.description, path: path)
        }
    }
}
