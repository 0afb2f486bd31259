import TreenityProtocol

/// What brings something to its address in an order that is known: `ADD` and `EDIT`.
extension Replica {
    mutating func add(_ value: JSONValue, in draft: inout Draft) throws(Refusal) {
        switch resolve(draft.path) {
        case .node(let slot):
            guard !draft.rule.isStrict else { throw isUnknown(slot) ? notLoaded(slot, draft) : exists(draft.path) }
            try merge(value, into: slot, in: &draft)
        case .property(let slot, let property):
            try set(value, of: slot, property, in: &draft)
        case .missing(let deepest, let reached)
        where isUnloaded(deepest) && (value.isObject || reached < draft.path.depth - 1):
            try addUnseen(below: deepest, reached, in: &draft)
        case .missing(let deepest, let reached):
            try create(value, below: deepest, reached, in: &draft)
        case .blocked:
            throw blocked(draft.path)
        }
    }

    mutating func edit(_ value: JSONValue, in draft: inout Draft) throws(Refusal) {
        switch resolve(draft.path) {
        case .node(let slot):
            try merge(value, into: slot, in: &draft)
        case .property(let slot, let property):
            try set(value, of: slot, property, in: &draft)
        case .missing(let deepest, let reached)
        where isUnloaded(deepest) && (draft.rule.isStrict || value.isObject || reached < draft.path.depth - 1):
            try editUnseen(below: deepest, in: &draft)
        case .missing(let deepest, let reached):
            guard !draft.rule.isStrict else { throw notFound(draft.path) }
            try create(value, below: deepest, reached, in: &draft)
        case .blocked:
            throw notFound(draft.path)
        }
    }

    // MARK: Whole values

    private mutating func merge(_ value: JSONValue, into slot: Int32, in draft: inout Draft) throws(Refusal) {
        guard value.isObject, !value.isTextEdit else {
            guard isUnknown(slot) else { throw isNode(draft.path, draft) }
            return try settle(slot, as: value, in: &draft)
        }
        let cover = draft.mindsDeletions ? cover(of: draft.path) : Cover()
        let text = value.text.utf8
        var walk = JSONMembers()
        try merge(&walk, of: text.span, into: slot, cover, in: &draft)
    }

    private mutating func set(
        _ value: JSONValue, of slot: Int32, _ property: Int32, in draft: inout Draft
    ) throws(Refusal) {
        if value.isObject {
            guard let edit = TextEdit(value) else { throw isProperty(draft.path, draft) }
            guard replace(property, by: edit, of: slot, in: &draft) else { throw noText(draft.path, draft) }
        } else if draft.mindsDeletions && isDead(draft.stamp, under: cover(of: draft.path))
            || !replace(property, with: value, of: slot, in: &draft)
        {
            draft.supersede(nil)
        }
    }

    private mutating func create(
        _ value: JSONValue, below deepest: Int32, _ reached: Int, in draft: inout Draft
    ) throws(Refusal) {
        guard !value.isTextEdit else { throw noText(draft.path, draft) }
        let cover = draft.mindsDeletions ? cover(of: draft.path) : Cover()
        guard !isDead(draft.stamp, under: cover) else { return supersede(value, in: &draft) }
        let way = draft.path.names(from: reached)
        guard value.isObject else {
            let parent = addNodes(way.dropLast(), under: deepest, in: &draft)
            if let name = way.last { append(value, names.intern(name.text), to: parent, in: &draft) }
            return
        }
        let parent = addNodes(way, under: deepest, in: &draft)
        let text = value.text.utf8
        var walk = JSONMembers()
        try fill(parent, with: &walk, of: text.span, cover, in: &draft)
    }

    // MARK: Members

    /// Brings an object's members into a node, leaf by leaf.
    private mutating func merge(
        _ walk: inout JSONMembers, of bytes: Span<UInt8>, into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        while let key = walk.nextKey(in: bytes) {
            let member = member(key, in: bytes, of: slot)
            if walk.isAtObject(in: bytes) {
                try merge(object: &walk, of: bytes, key, member, into: slot, cover, in: &draft)
            } else {
                try merge(leaf: &walk, of: bytes, key, member, into: slot, cover, in: &draft)
            }
        }
    }

    @inline(__always)
    private mutating func merge(
        leaf walk: inout JSONMembers, of bytes: Span<UInt8>, _ key: JSONMembers.Key, _ member: Member,
        into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        let value = JSONValue(part: walk.skipValue(in: bytes), of: bytes)
        if draft.mindsDeletions {
            let name = try name(of: key, in: bytes, draft)
            if isDead(draft.stamp, under: self.cover(name, below: cover)) { return draft.supersede(name) }
        }
        switch member {
        case .property(let property):
            if !replace(property, with: value, of: slot, in: &draft) { draft.supersede(name(of: key, in: bytes)) }
        case .missing:
            append(value, try number(of: key, in: bytes, draft), to: slot, in: &draft)
        case .node(let child):
            guard isUnknown(child) else { throw isNode(place(name(of: key, in: bytes), draft), draft) }
            try settle(child, as: value, in: &draft)
        }
    }

    private mutating func merge(
        object walk: inout JSONMembers, of bytes: Span<UInt8>, _ key: JSONMembers.Key, _ member: Member,
        into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        let name = try name(of: key, in: bytes, draft)
        if let edit = textEdit(&walk, of: bytes) {
            switch member {
            case .node(let child) where isUnknown(child): return try settle(child, as: edit.json, in: &draft)
            case .node: throw isNode(place(name, draft), draft)
            case .property(let property) where replace(property, by: edit, of: slot, in: &draft): return
            case .missing where isDoubtful(slot) && !draft.rule.isStrict: return
            case .property, .missing: throw noText(place(name, draft), draft)
            }
        }
        if case .missing = member, isUnloaded(slot) {
            _ = walk.skipValue(in: bytes)
            return try doubt(slot, in: &draft)
        }
        let below = draft.mindsDeletions ? self.cover(name, below: cover) : cover
        draft.way.append(name)
        walk.enterObject()
        switch member {
        case .property:
            draft.way.removeLast()
            throw isProperty(place(name, draft), draft)
        case .node(let child):
            try merge(&walk, of: bytes, into: child, below, in: &draft)
        case .missing:
            if isDead(draft.stamp, under: below) {
                supersedeMembers(&walk, of: bytes, in: &draft)
            } else {
                try fill(addNode(name, under: slot, in: &draft), with: &walk, of: bytes, below, in: &draft)
            }
        }
        draft.way.removeLast()
    }

    /// Gives a node that has just come into being its properties and children.
    private mutating func fill(
        _ slot: Int32, with walk: inout JSONMembers, of bytes: Span<UInt8>, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        var filled: [PropertyMember] = []
        filled.reserveCapacity(8)
        while let key = walk.nextKey(in: bytes) {
            let isObject = walk.isAtObject(in: bytes)
            guard isObject || draft.mindsDeletions else {
                let number = try number(of: key, in: bytes, draft)
                filled.append(PropertyMember(key: number, stamp: draft.stamp, value: walk.skipValue(in: bytes)))
                continue
            }
            let name = try name(of: key, in: bytes, draft)
            let below = draft.mindsDeletions ? self.cover(name, below: cover) : cover
            if isObject {
                try fill(object: &walk, of: bytes, name, under: slot, below, in: &draft)
                continue
            }
            let value = walk.skipValue(in: bytes)
            if isDead(draft.stamp, under: below) {
                draft.supersede(name)
            } else {
                filled.append(PropertyMember(key: names.intern(name.text), stamp: draft.stamp, value: value))
            }
        }
        records[Int(slot)].block = properties.makeBlock(filled, of: bytes)
    }

    private mutating func fill(
        object walk: inout JSONMembers, of bytes: Span<UInt8>, _ name: Name, under slot: Int32, _ cover: Cover,
        in draft: inout Draft
    ) throws(Refusal) {
        guard textEdit(&walk, of: bytes) == nil else { throw noText(place(name, draft), draft) }
        draft.way.append(name)
        walk.enterObject()
        if isDead(draft.stamp, under: cover) {
            supersedeMembers(&walk, of: bytes, in: &draft)
        } else {
            try fill(addNode(name, under: slot, in: &draft), with: &walk, of: bytes, cover, in: &draft)
        }
        draft.way.removeLast()
    }

    // MARK: What is too old

    /// All of the value was too old.
    func supersede(_ value: JSONValue, in draft: inout Draft) {
        guard value.isObject else { return draft.supersede(nil) }
        let text = value.text.utf8
        var walk = JSONMembers()
        supersedeMembers(&walk, of: text.span, in: &draft)
    }

    /// Passes over an object of which everything was too old.
    func supersedeMembers(_ walk: inout JSONMembers, of bytes: Span<UInt8>, in draft: inout Draft) {
        let dropped = draft.dropped.count
        let before = draft.superseded.count
        while let key = walk.nextKey(in: bytes) {
            let name = name(of: key, in: bytes)
            guard walk.isAtObject(in: bytes) else {
                _ = walk.skipValue(in: bytes)
                draft.superseded.append(draft.way + [name])
                continue
            }
            draft.way.append(name)
            walk.enterObject()
            supersedeMembers(&walk, of: bytes, in: &draft)
            draft.way.removeLast()
        }
        if draft.superseded.count == before { draft.superseded.append(draft.way) }
        draft.dropped.removeSubrange(dropped...)
        if !draft.way.isEmpty { draft.dropped.append(draft.way) }
    }
}
