import TreenityProtocol

/// What brings something to its address in an order that is known: `ADD` and `EDIT`.
extension Replica {
    mutating func add(_ value: JSONValue, in draft: inout Draft) throws(Refusal) {
        switch resolve(draft.path) {
        case .node(let slot):
            guard !draft.rule.isStrict else { throw exists(draft.path) }
            try merge(value, into: slot, in: &draft)
        case .property(let slot, let property):
            try set(value, of: slot, property, in: &draft)
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
        case .missing(let deepest, let reached):
            guard !draft.rule.isStrict else { throw notFound(draft.path) }
            try create(value, below: deepest, reached, in: &draft)
        case .blocked:
            throw notFound(draft.path)
        }
    }

    // MARK: Whole values

    private mutating func merge(_ value: JSONValue, into slot: Int32, in draft: inout Draft) throws(Refusal) {
        guard value.isObject, TextEdit(value) == nil else { throw isNode(draft.path, draft) }
        let cover = draft.mindsDeletions ? cover(of: numbers(draft.path)) : Cover()
        let text = value.text.utf8
        var walk = JSONMembers()
        try merge(&walk, of: value.text, text.span, into: slot, cover, in: &draft)
    }

    private mutating func set(
        _ value: JSONValue, of slot: Int32, _ property: Int32, in draft: inout Draft
    ) throws(Refusal) {
        if value.isObject {
            guard let edit = TextEdit(value) else { throw isProperty(draft.path, draft) }
            try set(edit, of: slot, property, nil, in: &draft)
        } else if draft.mindsDeletions, isDead(draft.stamp, under: cover(of: numbers(draft.path))) {
            draft.supersede(nil)
        } else {
            replace(property, with: value, of: slot, nil, in: &draft)
        }
    }

    private mutating func create(
        _ value: JSONValue, below deepest: Int32, _ reached: Int, in draft: inout Draft
    ) throws(Refusal) {
        guard TextEdit(value) == nil else { throw noText(draft.path, draft) }
        let text = value.text.utf8
        let way = draft.path.names
        var cover = Cover()
        if draft.mindsDeletions {
            cover = self.cover(of: numbers(draft.path))
            guard !isDead(draft.stamp, under: cover) else {
                if value.isObject {
                    var walk = JSONMembers()
                    supersedeMembers(&walk, of: text.span, in: &draft)
                } else {
                    draft.supersede(nil)
                }
                return
            }
        }
        let parent = addNodes(value.isObject ? way[reached...] : way[reached...].dropLast(), under: deepest, in: &draft)
        if value.isObject {
            var walk = JSONMembers()
            try fill(parent, with: &walk, of: value.text, text.span, cover, in: &draft)
        } else if let name = way.last {
            append(value, names.intern(name.text), to: parent, in: &draft)
        }
    }

    // MARK: Members

    /// Brings an object's members into a node, leaf by leaf.
    private mutating func merge(
        _ walk: inout JSONMembers, of text: String, _ bytes: Span<UInt8>, into slot: Int32, _ cover: Cover,
        in draft: inout Draft
    ) throws(Refusal) {
        while let key = walk.nextKey(in: bytes) {
            let name = try number(of: key, in: bytes, draft)
            let property = findProperty(name, of: slot)
            guard walk.isAtObject(in: bytes) else {
                try merge(leaf: &walk, of: text, bytes, name, property, into: slot, cover, in: &draft)
                continue
            }
            if let edit = textEdit(&walk, of: text, bytes) {
                try set(edit, of: slot, property, name, in: &draft)
                continue
            }
            guard property == .none else { throw isProperty(place(name, draft), draft) }
            let child = findChild(name, of: slot)
            let below = draft.mindsDeletions ? self.cover(name, below: cover) : cover
            draft.way.append(name)
            walk.enterObject()
            if child != .none {
                try merge(&walk, of: text, bytes, into: child, below, in: &draft)
            } else if draft.mindsDeletions, isDead(draft.stamp, under: below) {
                supersedeMembers(&walk, of: bytes, in: &draft)
            } else {
                let child = addNode(name, under: slot, in: &draft)
                try fill(child, with: &walk, of: text, bytes, below, in: &draft)
            }
            draft.way.removeLast()
        }
    }

    @inline(__always)
    private mutating func merge(
        leaf walk: inout JSONMembers, of text: String, _ bytes: Span<UInt8>, _ name: UInt32, _ property: Int32,
        into slot: Int32, _ cover: Cover, in draft: inout Draft
    ) throws(Refusal) {
        let range = walk.skipValue(in: bytes)
        if property == .none, findChild(name, of: slot) != .none { throw isNode(place(name, draft), draft) }
        if draft.mindsDeletions, isDead(draft.stamp, under: self.cover(name, below: cover)) {
            draft.supersede(name)
        } else if property == .none {
            append(JSONValue(part: range, of: text), name, to: slot, in: &draft)
        } else {
            replace(property, with: JSONValue(part: range, of: text), of: slot, name, in: &draft)
        }
    }

    /// Gives a node that has just come into being its properties and children.
    private mutating func fill(
        _ slot: Int32, with walk: inout JSONMembers, of text: String, _ bytes: Span<UInt8>, _ cover: Cover,
        in draft: inout Draft
    ) throws(Refusal) {
        var filled: [PropertyRecord] = []
        while let key = walk.nextKey(in: bytes) {
            let name = try number(of: key, in: bytes, draft)
            let below = draft.mindsDeletions ? self.cover(name, below: cover) : cover
            let isDead = draft.mindsDeletions && isDead(draft.stamp, under: below)
            guard walk.isAtObject(in: bytes) else {
                let range = walk.skipValue(in: bytes)
                if isDead {
                    draft.supersede(name)
                } else {
                    filled.append(
                        PropertyRecord(key: name, stamp: draft.stamp, value: JSONValue(part: range, of: text)))
                }
                continue
            }
            guard textEdit(&walk, of: text, bytes) == nil else { throw noText(place(name, draft), draft) }
            draft.way.append(name)
            walk.enterObject()
            if isDead {
                supersedeMembers(&walk, of: bytes, in: &draft)
            } else {
                try fill(addNode(name, under: slot, in: &draft), with: &walk, of: text, bytes, below, in: &draft)
            }
            draft.way.removeLast()
        }
        if !filled.isEmpty { putProperties(filled, of: slot) }
    }

    /// Passes over an object of which everything was too old.
    mutating func supersedeMembers(_ walk: inout JSONMembers, of bytes: Span<UInt8>, in draft: inout Draft) {
        let isTop = draft.way.isEmpty
        let before = draft.superseded.count
        let dropped = draft.dropped.count
        while let key = walk.nextKey(in: bytes) {
            let name = names.intern(key.text(in: bytes))
            if walk.isAtObject(in: bytes) {
                draft.way.append(name)
                walk.enterObject()
                supersedeMembers(&walk, of: bytes, in: &draft)
                draft.way.removeLast()
            } else {
                _ = walk.skipValue(in: bytes)
                draft.superseded.append(draft.way + [name])
            }
        }
        if draft.superseded.count == before { draft.superseded.append(draft.way) }
        draft.dropped.removeSubrange(dropped...)
        if !isTop { draft.dropped.append(draft.way) }
    }
}
