import TreenityProtocol

/// The properties of all nodes, those of one node beside one another.
///
/// A node's properties are one block of 64-bit words in a common array: a word with the block's use and size, then the
/// entries in the order in which they came. An entry is a word with key, sender and length, a word with the timestamp,
/// and the value's canonical text. Longer texts stand apart, so that they are not copied about. All but these are plain
/// numbers: a property with a value of up to sixteen bytes takes 32, and is written over in place.
struct PropertyBlocks: Sendable {
    private var words = Pages<UInt64>()
    /// The first free block of each size class, chained by their first words.
    private var free: [Int32] = []
    private var longValues = Pages<JSONValue>()
    private var freeLongValues: [Int32] = []

    /// The longest text that stands in its block, in bytes.
    private static let longest = 63
    /// The length of a text that stands apart.
    private static let apart: UInt64 = 0xFF

    // MARK: Reading

    /// The entry of a key in a block; `.none` where there is none.
    @inline(__always)
    func find(_ key: UInt32, in block: Int32) -> Int32 {
        guard block != .none else { return .none }
        var entry = block + 1
        let end = self.end(of: block)
        while entry < end {
            let head = words[Int(entry)]
            if UInt32(truncatingIfNeeded: head) == key { return entry }
            entry += PropertyBlocks.size(head)
        }
        return .none
    }

    /// The entries of a block, in order.
    func entries(of block: Int32) -> some Sequence<Int32> {
        let end = block == .none ? .none : end(of: block)
        return sequence(state: block + 1) { next -> Int32? in
            guard next < end else { return nil }
            defer { next += PropertyBlocks.size(words[Int(next)]) }
            return next
        }
    }

    func key(of entry: Int32) -> UInt32 { UInt32(truncatingIfNeeded: words[Int(entry)]) }

    @inline(__always)
    func stamp(of entry: Int32) -> StoredStamp {
        StoredStamp(
            timestamp: Int64(bitPattern: words[Int(entry) + 1]),
            sender: UInt32(truncatingIfNeeded: words[Int(entry)] >> 32) & StoredStamp.largestSender)
    }

    func value(of entry: Int32) -> JSONValue {
        let count = words[Int(entry)] >> 56
        if count == PropertyBlocks.apart { return longValues[Int(words[Int(entry) + 2])] }
        var bytes = InlineArray<64, UInt8>(repeating: 0)
        for place in 0..<(Int(count) + 7) / 8 {
            var word = words[Int(entry) + 2 + place]
            for index in place * 8..<place * 8 + 8 {
                bytes[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
            }
        }
        return JSONValue(part: 0..<Int(count), of: bytes.span)
    }

    // MARK: Writing

    /// Puts a property at the end of a block, which is made or replaced by a larger one where that is needed.
    mutating func append(_ record: PropertyRecord, to block: inout Int32) {
        insert(record, before: block == .none ? .none : end(of: block), in: &block)
    }

    /// Puts a property before the entry at a place in the order.
    mutating func insert(_ record: PropertyRecord, at place: Int, in block: inout Int32) {
        var entry = block + 1
        for _ in 0..<place where block != .none && entry < end(of: block) {
            entry += PropertyBlocks.size(words[Int(entry)])
        }
        insert(record, before: entry, in: &block)
    }

    /// Writes over the value and stamp of an entry.
    mutating func replace(_ entry: Int32, with record: PropertyRecord, in block: inout Int32) {
        let old = PropertyBlocks.size(words[Int(entry)])
        let new = PropertyBlocks.size(of: record.value)
        if old == new {
            dropLongValue(of: entry)
            write(record, at: entry)
        } else {
            removeEntry(entry, in: block)
            insert(record, before: entry, in: &block)
        }
    }

    /// Takes a property away; a block without any is given up.
    mutating func remove(_ entry: Int32, in block: inout Int32) -> PropertyRecord {
        let record = record(entry)
        removeEntry(entry, in: block)
        if end(of: block) == block + 1 { giveUp(&block) }
        return record
    }

    /// Takes all properties of a block away.
    mutating func removeAll(of block: inout Int32) -> [PropertyRecord] {
        guard block != .none else { return [] }
        let records = entries(of: block).map(record)
        for entry in Array(entries(of: block)) { dropLongValue(of: entry) }
        giveUp(&block)
        return records
    }

    /// A block of these properties.
    mutating func makeBlock(_ records: [PropertyRecord]) -> Int32 {
        guard !records.isEmpty else { return .none }
        let block = allocate(records.reduce(1) { $0 + PropertyBlocks.size(of: $1.value) })
        var entry = block + 1
        for record in records {
            write(record, at: entry)
            entry += PropertyBlocks.size(words[Int(entry)])
        }
        setEnd(of: block, to: entry)
        return block
    }

    /// A block of properties of which the values stand in a text, canonical each.
    mutating func makeBlock(_ members: [PropertyMember], of bytes: Span<UInt8>) -> Int32 {
        guard !members.isEmpty else { return .none }
        let block = allocate(members.reduce(1) { $0 + PropertyBlocks.size(ofLength: $1.value.count) })
        var entry = block + 1
        for member in members {
            write(member.key, member.stamp, bytes.extracting(member.value), at: entry)
            entry += PropertyBlocks.size(ofLength: member.value.count)
        }
        setEnd(of: block, to: entry)
        return block
    }

    private func record(_ entry: Int32) -> PropertyRecord {
        PropertyRecord(key: key(of: entry), stamp: stamp(of: entry), value: value(of: entry))
    }

    // MARK: Entries

    /// How many words an entry has.
    @inline(__always)
    private static func size(_ head: UInt64) -> Int32 {
        let count = head >> 56
        return count == apart ? 3 : 2 + max(2, Int32(truncatingIfNeeded: (count + 7) >> 3))
    }

    private static func size(of value: JSONValue) -> Int32 { size(ofLength: value.text.utf8.count) }

    @inline(__always)
    private static func size(ofLength count: Int) -> Int32 {
        count > longest ? 3 : 2 + max(2, Int32(truncatingIfNeeded: (count + 7) >> 3))
    }

    private mutating func write(_ record: PropertyRecord, at entry: Int32) {
        let text = record.value.text.utf8
        write(record.key, record.stamp, text.span, at: entry)
    }

    @inline(__always)
    private mutating func write(_ key: UInt32, _ stamp: StoredStamp, _ bytes: Span<UInt8>, at entry: Int32) {
        let isLong = bytes.count > PropertyBlocks.longest
        let count = isLong ? PropertyBlocks.apart : UInt64(bytes.count)
        words[Int(entry)] = UInt64(key) | UInt64(stamp.sender) << 32 | count << 56
        words[Int(entry) + 1] = UInt64(bitPattern: stamp.timestamp)
        if isLong {
            words[Int(entry) + 2] = UInt64(store(JSONValue(part: bytes.indices, of: bytes)))
            return
        }
        var rest = bytes
        var place = Int(entry) + 2
        while let word = rest.firstWord {
            words[place] = word
            rest = rest.extracting(droppingFirst: 8)
            place += 1
        }
        guard !rest.isEmpty else { return }
        var word: UInt64 = 0
        for index in rest.indices { word |= UInt64(rest[index]) << UInt64(8 * index) }
        words[place] = word
    }

    private mutating func insert(_ record: PropertyRecord, before place: Int32, in block: inout Int32) {
        let size = PropertyBlocks.size(of: record.value)
        guard block != .none else {
            block = makeBlock([record])
            return
        }
        var entry = place
        let needed = end(of: block) - block + size
        if needed > capacity(of: block) {
            let larger = allocate(needed + needed / 4)
            for word in 1..<end(of: block) - block { words[Int(larger + word)] = words[Int(block + word)] }
            setEnd(of: larger, to: larger + end(of: block) - block)
            entry += larger - block
            giveUp(&block)
            block = larger
        }
        let end = end(of: block)
        for word in (entry..<end).reversed() { words[Int(word + size)] = words[Int(word)] }
        setEnd(of: block, to: end + size)
        write(record, at: entry)
    }

    private mutating func removeEntry(_ entry: Int32, in block: Int32) {
        dropLongValue(of: entry)
        let size = PropertyBlocks.size(words[Int(entry)])
        let end = end(of: block)
        for word in entry..<end - size { words[Int(word)] = words[Int(word + size)] }
        setEnd(of: block, to: end - size)
    }

    // MARK: Long values

    private mutating func store(_ value: JSONValue) -> Int32 {
        guard let place = freeLongValues.popLast() else {
            longValues.append(value)
            return Int32(longValues.count - 1)
        }
        longValues[Int(place)] = value
        return place
    }

    private mutating func dropLongValue(of entry: Int32) {
        guard words[Int(entry)] >> 56 == PropertyBlocks.apart else { return }
        let place = Int32(words[Int(entry) + 2])
        longValues[Int(place)] = .null
        freeLongValues.append(place)
    }

    // MARK: Blocks

    /// The word after the last entry.
    @inline(__always)
    private func end(of block: Int32) -> Int32 { block + Int32(truncatingIfNeeded: words[Int(block)]) }

    private func capacity(of block: Int32) -> Int32 { Int32(truncatingIfNeeded: words[Int(block)] >> 32) }

    private mutating func setEnd(of block: Int32, to end: Int32) {
        words[Int(block)] = (words[Int(block)] >> 32) << 32 | UInt64(end - block)
    }

    private mutating func allocate(_ size: Int32) -> Int32 {
        let (sizeClass, capacity) = PropertyBlocks.sizeClass(holding: size)
        while free.count <= sizeClass { free.append(.none) }
        let block: Int32
        if free[sizeClass] != .none {
            block = free[sizeClass]
            free[sizeClass] = Int32(truncatingIfNeeded: words[Int(block)])
        } else {
            block = Int32(words.count)
            for _ in 0..<capacity { words.append(0) }
        }
        words[Int(block)] = UInt64(capacity) << 32 | 1
        return block
    }

    private mutating func giveUp(_ block: inout Int32) {
        let (sizeClass, _) = PropertyBlocks.sizeClass(holding: capacity(of: block))
        words[Int(block)] = UInt64(UInt32(bitPattern: free[sizeClass]))
        free[sizeClass] = block
        block = .none
    }

    /// Sizes go by twos up to 32 words, then in four steps from one power of two to the next.
    private static func sizeClass(holding size: Int32) -> (number: Int, capacity: Int32) {
        guard size > 32 else { return (Int((size + 1) / 2) - 1, (size + 1) / 2 * 2) }
        let power = Int32(31 - (size - 1).leadingZeroBitCount)
        let step = Int32(1) << (power - 2)
        let steps = (size - (1 << power) + step - 1) / step
        return (16 + Int(power - 5) * 4 + Int(steps) - 1, (1 << power) + steps * step)
    }
}
