import TreenityProtocol

/// The parent of the node before: mostly that of the next one too.
struct SnapshotParent {
    private(set) var slot = Int32.none
    private var path = ""
    private var length = 0

    /// Whether the node at a path of so many bytes up to its last slash has this parent.
    func isParent(_ bytes: Span<UInt8>, upTo slash: Int) -> Bool {
        guard slot != .none, slash == length else { return false }
        let own = path.utf8
        let ownBytes = own.span
        var place = slash
        // From the end: that is where paths differ.
        while place > 0, ownBytes[place - 1] == bytes[place - 1] { place -= 1 }
        return place == 0
    }

    mutating func note(_ slot: Int32, _ path: TreePath, upTo slash: Int) {
        self.slot = slot
        self.path = path.text
        length = slash
    }
}

extension Replica {
    /// The node at a path, created where it is missing, and made the last of its siblings: so the children of a node
    /// end up in the order of the snapshot, which says nothing of the siblings of its top.
    mutating func place(
        _ path: TreePath, isTop: Bool, below parent: inout SnapshotParent, stamp: StoredStamp
    ) -> (slot: Int32, isNew: Bool) {
        let text = path.text.utf8
        let bytes = text.span
        var slash = bytes.count - 1
        while slash > 0, bytes[slash] != UInt8(ascii: "/") { slash -= 1 }
        guard slash > 0 else { return (root.slot, false) }
        let isKnown = parent.isParent(bytes, upTo: slash)
        var walk = isKnown ? PathWalk(from: slash) : PathWalk()
        var slot = isKnown ? parent.slot : root.slot
        var isNew = false
        while let segment = walk.next(in: bytes) {
            if walk.isAtEnd(of: bytes) { parent.note(slot, path, upTo: slash) }
            (slot, isNew) = place(makeKey(of: segment, in: bytes), below: slot, stamp: stamp)
        }
        if !isNew, !isTop, records[Int(slot)].next != .none {
            let parent = records[Int(slot)].parent
            unlink(slot)
            link(slot, under: parent, before: .none)
        }
        return (slot, isNew)
    }

    private mutating func place(
        _ name: NameKey, below parent: Int32, stamp: StoredStamp
    ) -> (slot: Int32, isNew: Bool) {
        let child = findChild(name, of: parent)
        guard child == .none else { return (child, false) }
        if let number = names.number(of: name) {
            let property = findProperty(number, of: parent)
            if property != .none { _ = removeProperty(property, of: parent) }
        }
        if isUnloaded(parent) { setChildCount(.exactly(0), of: parent) }
        let created = issueID()
        records[Int(created.slot)] = NodeRecord(name: name, generation: created.generation, stamp: stamp)
        link(created.slot, under: parent, before: .none)
        nodeCount += 1
        return (created.slot, true)
    }

    private mutating func makeKey(of segment: PathWalk.Segment, in bytes: Span<UInt8>) -> NameKey {
        if !segment.hasEscapes, let key = names.key(bytes, segment.range) { return key }
        return names.makeKey(of: TreePath.unescaped(bytes.extracting(segment.range)))
    }

    /// `true` where a property differed from before.
    mutating func replaceProperties(of slot: Int32, with object: JSONValue, stamp: StoredStamp) -> Bool {
        newest = max(newest, Timestamp(milliseconds: stamp.timestamp))
        let text = object.text.utf8
        let bytes = text.span
        let members = object.isObject ? propertyMembers(of: bytes, stamp) : []
        guard records[Int(slot)].block != .none else {
            records[Int(slot)].block = properties.makeBlock(members, of: bytes)
            return !members.isEmpty
        }
        // What has the same value keeps its stamp.
        let new = members.map { member in
            let record = PropertyRecord(key: member.key, stamp: stamp, value: JSONValue(part: member.value, of: bytes))
            let known = findProperty(member.key, of: slot)
            return known != .none && properties.value(of: known) == record.value ? properties.record(known) : record
        }
        let old = takeProperties(of: slot)
        putProperties(new, of: slot)
        return !old.elementsEqual(new) { $0.key == $1.key && $0.value == $1.value }
    }

    /// The members of an object that can be properties; what is no name is left out.
    private mutating func propertyMembers(of bytes: Span<UInt8>, _ stamp: StoredStamp) -> [PropertyMember] {
        var members: [PropertyMember] = []
        members.reserveCapacity(8)
        var walk = JSONMembers()
        while let key = walk.nextKey(in: bytes) {
            let isObject = walk.isAtObject(in: bytes)
            let value = walk.skipValue(in: bytes)
            guard !isObject, let number = number(of: key, in: bytes) else { continue }
            members.append(PropertyMember(key: number, stamp: stamp, value: value))
        }
        return members
    }

    /// The number of a key; `nil`: it is no name.
    private mutating func number(of key: JSONMembers.Key, in bytes: Span<UInt8>) -> UInt32? {
        if let known = knownNumber(of: key, in: bytes) { return known }
        guard let name = try? Name(key.text(in: bytes)) else { return nil }
        return names.intern(name.text)
    }
}
