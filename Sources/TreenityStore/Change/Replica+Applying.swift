public import TreenityProtocol

extension Replica {
    /// Applies one patch, wholly or not at all.
    ///
    /// - Parameter now: the time of what carries no timestamp.
    /// - Throws: ``Refusal`` as section 2 of the protocol says; the tree is then as before.
    /// - Returns: what happened, which also is all that ``revert(_:)`` needs.
    /// - Complexity: O(length of the path and value), and O(nodes removed) for a removal.
    public mutating func apply(_ patch: Patch, rule: ApplyRule, now: Timestamp) throws(Refusal) -> Change {
        try apply(patch, rule: rule, now: now, reusing: [:], isTentative: false)
    }

    /// As ``apply(_:rule:now:)``; new nodes are given the identities in `reusing` where one is there for them. The others
    /// of these are given up, but all stay reserved where the patch is refused: whoever reserved them may try again.
    ///
    /// What a tentative change removes keeps its slots; it has to be taken back before any change that is not tentative.
    mutating func apply(
        _ patch: Patch, rule: ApplyRule, now: Timestamp, reusing: [Birthplace: NodeID], isTentative: Bool
    ) throws(Refusal) -> Change {
        let stamp = patch.stamp(receivedAt: now)
        var draft = Draft(
            rule: rule, stamp: stamp, sender: senders.intern(Sender(name: stamp.sender)),
            destinationDepth: patch.destination.depth, reusing: reusing, isTentative: isTentative)
        do {
            try perform(patch, in: &draft)
        } catch {
            takeBack(draft.effects, reserving: Set(reusing.values))
            throw error
        }
        release(draft.reusing)
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
        guard let members = value.members, TextEdit(value) == nil else {
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
        guard TextEdit(value) == nil else {
            let end = TreePath.root.appending(self.way(to: slot))
            throw Refusal(.stale, "there is no text to edit at \(end)", path: path)
        }
        for member in value.members ?? [] {
            let number = names.intern(try memberName(member.key, path))
            guard member.value.isObject else {
                records[Int(slot)].properties.append(stored(member.value, key: number, in: draft))
                continue
            }
            try fill(addNode(number, under: slot, in: &draft), with: member.value, path, in: &draft)
        }
    }

    /// Creates the nodes of a way, and says which one is its end.
    mutating func addNodes(_ way: ArraySlice<Name>, under top: Int32, in draft: inout Draft) -> Int32 {
        way.reduce(top) { addNode(names.intern($1), under: $0, in: &draft) }
    }

    private mutating func addNode(_ name: UInt32, under parent: Int32, in draft: inout Draft) -> Int32 {
        let node = reservedID(name, under: parent, in: &draft) ?? issueID()
        records[Int(node.slot)] = NodeRecord(
            generation: node.generation, name: name, parent: .none, sender: draft.sender,
            timestamp: draft.stamp.timestamp.milliseconds)
        link(node.slot, under: parent, before: .none)
        nodeCount += 1
        draft.effects.append(.added(node))
        return node.slot
    }

    private func reservedID(_ name: UInt32, under parent: Int32, in draft: inout Draft) -> NodeID? {
        guard !draft.reusing.isEmpty else { return nil }
        let birthplace = Birthplace(way(to: parent) + [names[name]], destinationDepth: draft.destinationDepth)
        return draft.reusing.removeValue(forKey: birthplace)
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

    mutating func removeProperty(of slot: Int32, place: Int, in draft: inout Draft) -> StoredProperty {
        let old = records[Int(slot)].properties.remove(at: place)
        draft.effects.append(
            .property(
                PropertyChange(node: id(slot), name: names[old.key], old: property(old), new: nil, place: place)))
        return old
    }

    // MARK: Refusals

    private func mismatch(_ place: TreePath, _ path: TreePath) -> Refusal {
        Refusal(.typeMismatch, "\(place) is a property and takes no object", path: path)
    }

    private func memberName(_ key: String, _ path: TreePath) throws(Refusal) -> Name {
        do {
            return try Name(key)
        } catch {
            throw Refusal(.invalidPath, error.description, path: path)
        }
    }
}
