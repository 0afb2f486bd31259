import TreenityProtocol

/// The list of a node's properties, in the order in which they came.
extension Replica {
    /// The property of that key; `.none` where there is none. O(number of properties).
    @inline(__always)
    func findProperty(_ key: UInt32, of slot: Int32) -> Int32 {
        var property = records[Int(slot)].firstProperty
        while property != .none, properties[Int(property)].key != key { property = properties[Int(property)].next }
        return property
    }

    /// The property records of a node, in order.
    func propertySlots(of slot: Int32) -> some Sequence<Int32> {
        sequence(state: records[Int(slot)].firstProperty) { property -> Int32? in
            guard property != .none else { return nil }
            defer { property = properties[Int(property)].next }
            return property
        }
    }

    /// Puts a property after the `place` first ones of its node.
    mutating func insertProperty(_ record: PropertyRecord, of slot: Int32, at place: Int) -> Int32 {
        let property = store(record)
        let previous = self.property(before: place, of: slot)
        setNext(of: previous, of: slot, to: property, relinking: true)
        return property
    }

    /// Puts a property behind all others of its node.
    mutating func appendProperty(_ record: PropertyRecord, of slot: Int32) -> Int32 {
        insertProperty(record, of: slot, at: .max)
    }

    /// Takes the property at a place out of its node's list.
    mutating func removeProperty(of slot: Int32, at place: Int) -> PropertyRecord {
        let previous = property(before: place, of: slot)
        let property = previous == .none ? records[Int(slot)].firstProperty : properties[Int(previous)].next
        let record = properties[Int(property)]
        setNext(of: previous, of: slot, to: record.next, relinking: false)
        free(property)
        return record
    }

    /// How many properties come before this one in its node.
    func place(of property: Int32, in slot: Int32) -> Int {
        var place = 0
        var other = records[Int(slot)].firstProperty
        while other != property {
            other = properties[Int(other)].next
            place += 1
        }
        return place
    }

    /// Takes all properties of a node away, in order.
    mutating func takeProperties(of slot: Int32) -> [PropertyRecord] {
        var taken: [PropertyRecord] = []
        var property = records[Int(slot)].firstProperty
        while property != .none {
            taken.append(properties[Int(property)])
            let next = properties[Int(property)].next
            free(property)
            property = next
        }
        records[Int(slot)].firstProperty = .none
        return taken
    }

    /// Gives a node without properties these.
    mutating func putProperties(_ taken: some BidirectionalCollection<PropertyRecord>, of slot: Int32) {
        var next = Int32.none
        for var record in taken.reversed() {
            record.next = next
            next = store(record)
        }
        records[Int(slot)].firstProperty = next
    }

    private func property(before place: Int, of slot: Int32) -> Int32 {
        guard place > 0 else { return .none }
        var previous = records[Int(slot)].firstProperty
        var passed = 1
        while passed < place, previous != .none, properties[Int(previous)].next != .none {
            previous = properties[Int(previous)].next
            passed += 1
        }
        return previous
    }

    private mutating func setNext(of previous: Int32, of slot: Int32, to property: Int32, relinking: Bool) {
        if previous == .none {
            if relinking { properties[Int(property)].next = records[Int(slot)].firstProperty }
            records[Int(slot)].firstProperty = property
        } else {
            if relinking { properties[Int(property)].next = properties[Int(previous)].next }
            properties[Int(previous)].next = property
        }
    }

    private mutating func store(_ record: PropertyRecord) -> Int32 {
        guard freeProperty != .none else {
            properties.append(record)
            return Int32(properties.count - 1)
        }
        let property = freeProperty
        freeProperty = properties[Int(property)].next
        properties[Int(property)] = record
        return property
    }

    private mutating func free(_ property: Int32) {
        properties[Int(property)].value = .null
        properties[Int(property)].next = freeProperty
        freeProperty = property
    }
}
