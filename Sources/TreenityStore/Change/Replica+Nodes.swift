import TreenityProtocol

/// The steps of a patch that create nodes and write properties.
extension Replica {
    // MARK: Nodes

    /// Creates the nodes of a way, and says which one is its end.
    mutating func addNodes(_ way: ArraySlice<Name>, under top: Int32, in draft: inout Draft) -> Int32 {
        way.reduce(top) { addNode(names.intern($1.text), under: $0, in: &draft) }
    }

    mutating func addNode(_ name: UInt32, under parent: Int32, in draft: inout Draft) -> Int32 {
        let node = reservedID(name, under: parent, in: &draft) ?? issueID()
        records[Int(node.slot)] = NodeRecord(generation: node.generation, name: name, stamp: draft.stamp)
        link(node.slot, under: parent, before: .none)
        nodeCount += 1
        draft.effects.append(.added(node))
        return node.slot
    }

    private func reservedID(_ name: UInt32, under parent: Int32, in draft: inout Draft) -> NodeID? {
        guard !draft.reusing.isEmpty else { return nil }
        let birthplace = Birthplace(way(to: parent) + [self.name(name)], destinationDepth: draft.destinationDepth)
        return draft.reusing.removeValue(forKey: birthplace)
    }

    // MARK: Properties

    /// Puts a value where no property was.
    mutating func append(_ value: JSONValue, _ name: UInt32, to slot: Int32, in draft: inout Draft) {
        let property = appendProperty(PropertyRecord(key: name, stamp: draft.stamp, value: value), of: slot)
        draft.effects.append(.property(change(of: slot, name, from: nil, to: content(of: property))))
    }

    /// Puts a value in the place of another, unless that is newer.
    ///
    /// - Parameter leaf: the member of the object at hand that brings it; `nil`: the patch is for the property alone.
    @inline(__always)
    mutating func replace(
        _ property: Int32, with value: JSONValue, of slot: Int32, _ leaf: UInt32?, in draft: inout Draft
    ) {
        let old = properties[Int(property)].stamp
        if draft.rule.comparesStamps, isOlder(draft.stamp, than: old) {
            draft.supersede(leaf)
        } else {
            overwrite(property, with: value, draft.stamp, of: slot, in: &draft)
        }
    }

    mutating func overwrite(
        _ property: Int32, with value: JSONValue, _ stamp: StoredStamp, of slot: Int32, in draft: inout Draft
    ) {
        let before = content(of: property)
        properties[Int(property)].value = value
        properties[Int(property)].stamp = stamp
        let name = properties[Int(property)].key
        draft.effects.append(.property(change(of: slot, name, from: before, to: content(of: property))))
    }

    /// Edits the text that is there, whatever its stamp; the later of the two becomes that of the whole.
    ///
    /// - Parameter leaf: as for ``replace(_:with:of:_:in:)``.
    mutating func set(
        _ edit: TextEdit, of slot: Int32, _ property: Int32, _ leaf: UInt32?, in draft: inout Draft
    ) throws(Refusal) {
        if let leaf, property == .none, findChild(leaf, of: slot) != .none { throw isNode(place(leaf, draft), draft) }
        guard property != .none, let text = properties[Int(property)].value.string, let edited = edit.applied(to: text)
        else { throw noText(place(leaf, draft), draft) }
        let stamp = later(draft.stamp, properties[Int(property)].stamp)
        overwrite(property, with: .string(edited), stamp, of: slot, in: &draft)
    }

    /// Takes a property away.
    @discardableResult
    mutating func removeProperty(_ property: Int32, of slot: Int32, in draft: inout Draft) -> PropertyRecord {
        let place = place(of: property, in: slot)
        let before = content(of: property)
        let record = removeProperty(of: slot, at: place)
        draft.effects.append(.property(change(of: slot, record.key, from: before, to: nil, place: place)))
        return record
    }

    func content(of property: Int32) -> PropertyChange.Content {
        PropertyChange.Content(value: properties[Int(property)].value, stamp: stamp(properties[Int(property)].stamp))
    }

    func change(
        of slot: Int32, _ name: UInt32, from old: PropertyChange.Content?, to new: PropertyChange.Content?,
        place: Int = 0
    ) -> PropertyChange {
        PropertyChange(node: id(slot), name: self.name(name), old: old, new: new, place: place)
    }

    // MARK: Names and values

    /// The number of a member's name.
    @inline(__always)
    mutating func number(of key: JSONMembers.Key, in bytes: Span<UInt8>, _ draft: Draft) throws(Refusal) -> UInt32 {
        if !key.hasEscapes, let known = names.number(of: bytes.extracting(key.range)) { return known }
        return try newNumber(of: key.text(in: bytes), draft)
    }

    @inline(never)
    private mutating func newNumber(of text: String, _ draft: Draft) throws(Refusal) -> UInt32 {
        do {
            return names.intern(try Name(text).text)
        } catch {
            throw Refusal(.invalidPath, error.description, path: draft.path)
        }
    }

    /// The numbers of a path's names.
    mutating func numbers(_ path: TreePath) -> [UInt32] { path.names.map { names.intern($0.text) } }

    /// The text edit that comes next; `nil`: it is another object, and the walk still stands before it.
    @inline(__always)
    func textEdit(_ walk: inout JSONMembers, of text: String, _ bytes: Span<UInt8>) -> TextEdit? {
        guard walk.index + 2 < bytes.count, bytes[walk.index + 2] == UInt8(ascii: "$") else { return nil }
        var ahead = walk
        guard let edit = TextEdit(JSONValue(part: ahead.skipValue(in: bytes), of: text)) else { return nil }
        walk = ahead
        return edit
    }

    /// The address of a member of the object at hand, or of the patch.
    func place(_ leaf: UInt32?, _ draft: Draft) -> TreePath {
        draft.path.appending((draft.way + (leaf.map { [$0] } ?? [])).map(name))
    }
}
