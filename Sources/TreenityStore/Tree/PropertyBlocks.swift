import TreenityProtocol

/// The properties of all nodes, those of one node beside one another.
///
/// A node's properties are one block: a stretch of words of which the number says how many are in use, with the entries in
/// the order in which they came. So a few are found faster than by any index, and take no more than what they are. Where
/// they are many, to look through them or to make room among them would cost too much; they are a list then
/// (``PropertyLists``).
///
/// A block is named by its first word, a list by a number below `.none`.
struct PropertyBlocks: Sendable {
    private var words = PropertyWords()
    private var lists = PropertyLists()

    /// The most words of a block: those of 64 short properties.
    private static let longest: Int32 = 1 + 64 * 4

    // MARK: Reading

    /// The entry of a key in a block; `.none` where there is none.
    @inline(__always)
    func find(_ key: UInt32, in block: Int32) -> Int32 {
        guard block >= 0 else { return findListed(key, in: block) }
        var entry = block + 1
        let end = self.end(of: block)
        while entry < end {
            let head = words[entry]
            if UInt32(truncatingIfNeeded: head) == key { return entry }
            entry += PropertyWords.size(head)
        }
        return .none
    }

    @inline(never)
    private func findListed(_ key: UInt32, in block: Int32) -> Int32 {
        block == .none ? .none : lists.find(key, in: PropertyBlocks.list(block), words)
    }

    /// The entries of a block, in order.
    @inline(__always)
    func entries(of block: Int32) -> PropertyEntries {
        guard block < 0 else { return PropertyEntries(block + 1..<end(of: block), in: words) }
        return PropertyEntries(from: block == .none ? .none : lists.first(of: PropertyBlocks.list(block)), in: words)
    }

    /// The key of the entry after this one; `nil`: it is the last.
    func key(after entry: Int32, in block: Int32) -> UInt32? {
        let next: Int32
        if block >= 0 {
            next = entry + words.size(of: entry)
            guard next < end(of: block) else { return nil }
        } else {
            next = PropertyLists.next(after: entry, words)
            guard next != .none else { return nil }
        }
        return words.key(of: next)
    }

    func key(of entry: Int32) -> UInt32 { words.key(of: entry) }

    @inline(__always)
    func stamp(of entry: Int32) -> StoredStamp { words.stamp(of: entry) }

    func value(of entry: Int32) -> JSONValue { words.value(of: entry) }

    func record(_ entry: Int32) -> PropertyRecord { words.record(entry) }

    // MARK: Writing

    /// Puts a property at the end of a block, which is made, or replaced by a larger one or a list, where that is needed.
    mutating func append(_ record: PropertyRecord, to block: inout Int32) {
        insert(record, before: block < 0 ? .none : end(of: block), in: &block)
    }

    /// Puts a property before the one of that key; last where there is none.
    mutating func insert(_ record: PropertyRecord, before key: UInt32?, in block: inout Int32) {
        let next = key.map { find($0, in: block) } ?? .none
        guard next != .none else { return append(record, to: &block) }
        insert(record, before: next, in: &block)
    }

    /// Writes over the value and stamp of an entry.
    mutating func replace(_ entry: Int32, with record: PropertyRecord, in block: inout Int32) {
        guard block >= 0 else {
            return lists.replace(entry, with: record, in: PropertyBlocks.list(block), &words)
        }
        if words.size(of: entry) == PropertyWords.size(of: record.value) {
            words.clear(entry)
            words.write(record, at: entry)
        } else {
            removeEntry(entry, in: block)
            insert(record, before: entry, in: &block)
        }
    }

    /// Takes a property away; a block without any is given up.
    mutating func remove(_ entry: Int32, in block: inout Int32) -> PropertyRecord {
        let record = record(entry)
        if block >= 0 {
            removeEntry(entry, in: block)
            if end(of: block) == block + 1 { giveUp(&block) }
        } else {
            lists.remove(entry, from: PropertyBlocks.list(block), &words)
            if lists.first(of: PropertyBlocks.list(block)) == .none { giveUp(&block) }
        }
        return record
    }

    /// Takes all properties of a block away.
    mutating func removeAll(of block: inout Int32) -> [PropertyRecord] {
        guard block != .none else { return [] }
        let entries = Array(entries(of: block))
        let records = entries.map(record)
        for entry in entries {
            if block >= 0 {
                words.clear(entry)
            } else {
                lists.remove(entry, from: PropertyBlocks.list(block), &words)
            }
        }
        giveUp(&block)
        return records
    }

    /// A block of these properties.
    mutating func makeBlock(_ records: [PropertyRecord]) -> Int32 {
        guard !records.isEmpty else { return .none }
        let size = records.reduce(1) { $0 + PropertyWords.size(of: $1.value) }
        guard size <= PropertyBlocks.longest else { return makeList(records) }
        let block = allocate(size)
        var entry = block + 1
        for record in records {
            words.write(record, at: entry)
            entry += words.size(of: entry)
        }
        setEnd(of: block, to: entry)
        return block
    }

    /// A block of properties of which the values stand in a text, canonical each.
    mutating func makeBlock(_ members: [PropertyMember], of bytes: Span<UInt8>) -> Int32 {
        guard !members.isEmpty else { return .none }
        let size = members.reduce(1) { $0 + PropertyWords.size(ofLength: $1.value.count) }
        guard size <= PropertyBlocks.longest else { return makeList(members, of: bytes) }
        let block = allocate(size)
        var entry = block + 1
        for member in members {
            words.write(member.key, member.stamp, bytes.extracting(member.value), at: entry)
            entry += PropertyWords.size(ofLength: member.value.count)
        }
        setEnd(of: block, to: entry)
        return block
    }

    // MARK: Lists

    /// The list that a number below `.none` names, and the reverse.
    private static func list(_ number: Int32) -> Int32 { .none - 1 - number }

    private mutating func makeList(_ records: [PropertyRecord]) -> Int32 {
        let list = lists.make()
        for record in records { lists.insert(record, before: .none, in: list, &words) }
        return PropertyBlocks.list(list)
    }

    private mutating func makeList(_ members: [PropertyMember], of bytes: Span<UInt8>) -> Int32 {
        let list = lists.make()
        for member in members {
            lists.append(member.key, member.stamp, bytes.extracting(member.value), to: list, &words)
        }
        return PropertyBlocks.list(list)
    }

    // MARK: Entries

    private mutating func insert(_ record: PropertyRecord, before place: Int32, in block: inout Int32) {
        guard block >= 0 else {
            if block == .none {
                block = makeBlock([record])
            } else {
                lists.insert(record, before: place, in: PropertyBlocks.list(block), &words)
            }
            return
        }
        let size = PropertyWords.size(of: record.value)
        let needed = end(of: block) - block + size
        guard needed <= PropertyBlocks.longest else {
            let next = place < end(of: block) ? words.key(of: place) : nil
            block = makeList(removeAll(of: &block))
            return insert(record, before: next, in: &block)
        }
        var entry = place
        if needed > words.capacity(of: block) {
            let larger = allocate(needed + needed / 4)
            for word in 1..<end(of: block) - block { words[larger + word] = words[block + word] }
            setEnd(of: larger, to: larger + end(of: block) - block)
            entry += larger - block
            giveUp(&block)
            block = larger
        }
        let end = end(of: block)
        for word in (entry..<end).reversed() { words[word + size] = words[word] }
        setEnd(of: block, to: end + size)
        words.write(record, at: entry)
    }

    private mutating func removeEntry(_ entry: Int32, in block: Int32) {
        words.clear(entry)
        let size = words.size(of: entry)
        let end = end(of: block)
        for word in entry..<end - size { words[word] = words[word + size] }
        setEnd(of: block, to: end - size)
    }

    // MARK: Blocks

    /// The word after the last entry.
    @inline(__always)
    private func end(of block: Int32) -> Int32 { block + words.number(of: block) }

    private mutating func setEnd(of block: Int32, to end: Int32) {
        words.setNumber(of: block, to: end - block)
    }

    private mutating func allocate(_ size: Int32) -> Int32 {
        let block = words.allocate(size)
        setEnd(of: block, to: block + 1)
        return block
    }

    private mutating func giveUp(_ block: inout Int32) {
        if block >= 0 { words.giveUp(block) } else { lists.giveUp(PropertyBlocks.list(block)) }
        block = .none
    }
}
