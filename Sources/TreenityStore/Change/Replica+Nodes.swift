import TreenityProtocol

/// The steps of a patch that create nodes and write properties.
extension Replica {
    // MARK: Nodes

    /// Creates the nodes of a way, and says which one is its end.
    mutating func addNodes(_ way: some Sequence<Name>, under top: Int32, in draft: inout Draft) -> Int32 {
        way.reduce(top) { addNode($1, under: $0, in: &draft) }
    }

    mutating func addNode(_ name: Name, under parent: Int32, in draft: inout Draft) -> Int32 {
        let node = reservedID(name, under: parent, in: &draft) ?? issueID()
        records[Int(node.slot)] = NodeRecord(
            name: names.makeKey(of: name.text), generation: node.generation, stamp: draft.stamp)
        link(node.slot, under: parent, before: .none)
        nodeCount += 1
        draft.note(.added(node))
        return node.slot
    }

    private func reservedID(_ name: Name, under parent: Int32, in draft: inout Draft) -> NodeID? {
        guard !draft.reusing.isEmpty else { return nil }
        let birthplace = Birthplace(way(to: parent) + [name], destinationDepth: draft.destinationDepth)
        return draft.reusing.removeValue(forKey: birthplace)
    }

    // MARK: Properties

    /// Puts a value where no property was.
    mutating func append(_ value: JSONValue, _ key: UInt32, to slot: Int32, in draft: inout Draft) {
        let record = PropertyRecord(key: key, stamp: draft.stamp, value: value)
        appendProperty(record, to: slot)
        draft.note(.property(change(of: slot, key, from: nil, to: content(record))))
    }

    /// Puts a value in the place of another, unless that is newer: then `false`.
    @inline(__always)
    mutating func replace(_ property: Int32, with value: JSONValue, of slot: Int32, in draft: inout Draft) -> Bool {
        if draft.rule.comparesStamps, isOlder(draft.stamp, than: properties.stamp(of: property)) { return false }
        overwrite(property, with: value, draft.stamp, of: slot, in: &draft)
        return true
    }

    mutating func overwrite(
        _ property: Int32, with value: JSONValue, _ stamp: StoredStamp, of slot: Int32, in draft: inout Draft
    ) {
        let before = content(of: property)
        let record = PropertyRecord(key: properties.key(of: property), stamp: stamp, value: value)
        replaceProperty(property, with: record, of: slot)
        draft.note(.property(change(of: slot, record.key, from: before, to: content(record))))
    }

    /// Edits the text that is there, whatever its stamp; the later of the two becomes that of the whole. `false` where the
    /// edit does not fit.
    mutating func replace(_ property: Int32, by edit: TextEdit, of slot: Int32, in draft: inout Draft) -> Bool {
        guard let text = properties.value(of: property).string, let edited = edit.applied(to: text) else {
            return false
        }
        let stamp = later(draft.stamp, properties.stamp(of: property))
        overwrite(property, with: .string(edited), stamp, of: slot, in: &draft)
        return true
    }

    /// Takes a property away.
    @discardableResult
    mutating func removeProperty(_ property: Int32, of slot: Int32, in draft: inout Draft) -> PropertyRecord {
        let next = key(after: property, in: slot)
        let record = removeProperty(property, of: slot)
        draft.note(.property(change(of: slot, record.key, from: content(record), to: nil, next: next)))
        return record
    }

    func content(of property: Int32) -> PropertyChange.Content {
        PropertyChange.Content(
            value: properties.value(of: property), stamp: stamp(properties.stamp(of: property)))
    }

    func content(_ record: PropertyRecord) -> PropertyChange.Content {
        PropertyChange.Content(value: record.value, stamp: stamp(record.stamp))
    }

    func change(
        of slot: Int32, _ key: UInt32, from old: PropertyChange.Content?, to new: PropertyChange.Content?,
        next: UInt32? = nil
    ) -> PropertyChange {
        PropertyChange(node: id(slot), name: name(key), old: old, new: new, next: next)
    }
}
