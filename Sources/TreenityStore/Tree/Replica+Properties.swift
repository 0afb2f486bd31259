import TreenityProtocol

/// The properties of a node, in the order in which they came. One is named by where it stands, until one of them changes.
extension Replica {
    /// The property of that key; `.none` where there is none. O(1).
    @inline(__always)
    func findProperty(_ key: UInt32, of slot: Int32) -> Int32 { properties.find(key, in: records[Int(slot)].block) }

    func propertySlots(of slot: Int32) -> PropertyEntries { properties.entries(of: records[Int(slot)].block) }

    /// The key of the property that comes after this one in its node; `nil`: it is the last.
    func key(after property: Int32, in slot: Int32) -> UInt32? {
        properties.key(after: property, in: records[Int(slot)].block)
    }

    mutating func appendProperty(_ record: PropertyRecord, to slot: Int32) {
        properties.append(record, to: &records[Int(slot)].block)
    }

    /// Puts a property before the one of that key; last where there is none.
    mutating func insertProperty(_ record: PropertyRecord, before next: UInt32?, of slot: Int32) {
        properties.insert(record, before: next, in: &records[Int(slot)].block)
    }

    mutating func replaceProperty(_ property: Int32, with record: PropertyRecord, of slot: Int32) {
        properties.replace(property, with: record, in: &records[Int(slot)].block)
    }

    mutating func removeProperty(_ property: Int32, of slot: Int32) -> PropertyRecord {
        properties.remove(property, in: &records[Int(slot)].block)
    }

    /// Takes all properties of a node away.
    mutating func takeProperties(of slot: Int32) -> [PropertyRecord] {
        guard records[Int(slot)].block != .none else { return [] }
        return properties.removeAll(of: &records[Int(slot)].block)
    }

    /// Gives a node without properties these.
    mutating func putProperties(_ taken: [PropertyRecord], of slot: Int32) {
        records[Int(slot)].block = properties.makeBlock(taken)
    }
}
