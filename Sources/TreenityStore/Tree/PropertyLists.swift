/// The properties of nodes that have many: each a stretch of its own, linked in order and found by an index, so that what
/// happens to one costs the same however many there are.
///
/// A stretch bears the number of its list. Its second word names the entries before and after, its entry follows.
struct PropertyLists: Sendable {
    private struct Ends: Sendable {
        var first = Int32.none
        var last = Int32.none
    }

    private var ends = Pages<Ends>()
    private var free: [Int32] = []
    /// The entries of all lists, by list and key.
    private var index = HashIndex()

    /// How many words of a stretch come before its entry.
    private static let head: Int32 = 2

    // MARK: Reading

    func find(_ key: UInt32, in list: Int32, _ words: PropertyWords) -> Int32 {
        index.find(ByteHash.hash(list, key)) {
            words.key(of: $0) == key && words.number(of: PropertyLists.stretch(of: $0)) == list
        }
    }

    func first(of list: Int32) -> Int32 { ends[Int(list)].first }

    static func next(after entry: Int32, _ words: PropertyWords) -> Int32 {
        Int32(truncatingIfNeeded: words[entry - 1] >> 32)
    }

    private static func previous(before entry: Int32, _ words: PropertyWords) -> Int32 {
        Int32(truncatingIfNeeded: words[entry - 1])
    }

    private static func stretch(of entry: Int32) -> Int32 { entry - head }

    // MARK: Writing

    /// A list of nothing.
    mutating func make() -> Int32 {
        guard let list = free.popLast() else {
            ends.append(Ends())
            return Int32(ends.count - 1)
        }
        ends[Int(list)] = Ends()
        return list
    }

    /// Puts a property before an entry; last where that is `.none`.
    mutating func insert(_ record: PropertyRecord, before next: Int32, in list: Int32, _ words: inout PropertyWords) {
        let entry = allocate(PropertyWords.size(of: record.value), in: list, &words)
        words.write(record, at: entry)
        link(entry, before: next, in: list, &words)
    }

    /// Puts a property last.
    mutating func append(
        _ key: UInt32, _ stamp: StoredStamp, _ value: Span<UInt8>, to list: Int32, _ words: inout PropertyWords
    ) {
        let entry = allocate(PropertyWords.size(ofLength: value.count), in: list, &words)
        words.write(key, stamp, value, at: entry)
        link(entry, before: .none, in: list, &words)
    }

    /// Writes over the value and stamp of an entry, which goes to another stretch where it does not fit.
    mutating func replace(_ entry: Int32, with record: PropertyRecord, in list: Int32, _ words: inout PropertyWords) {
        let needed = PropertyLists.head + PropertyWords.size(of: record.value)
        if needed <= words.capacity(of: PropertyLists.stretch(of: entry)) {
            words.clear(entry)
            words.write(record, at: entry)
        } else {
            let next = PropertyLists.next(after: entry, words)
            remove(entry, from: list, &words)
            insert(record, before: next, in: list, &words)
        }
    }

    mutating func remove(_ entry: Int32, from list: Int32, _ words: inout PropertyWords) {
        let previous = PropertyLists.previous(before: entry, words)
        let next = PropertyLists.next(after: entry, words)
        index.remove(entry, hash: ByteHash.hash(list, words.key(of: entry)))
        setNext(after: previous, to: next, in: list, &words)
        setPrevious(before: next, to: previous, in: list, &words)
        words.clear(entry)
        words.giveUp(PropertyLists.stretch(of: entry))
    }

    /// Gives up a list of nothing.
    mutating func giveUp(_ list: Int32) {
        free.append(list)
    }

    // MARK: Links

    private func allocate(_ size: Int32, in list: Int32, _ words: inout PropertyWords) -> Int32 {
        let stretch = words.allocate(PropertyLists.head + size)
        words.setNumber(of: stretch, to: list)
        return stretch + PropertyLists.head
    }

    private mutating func link(_ entry: Int32, before next: Int32, in list: Int32, _ words: inout PropertyWords) {
        let previous = next == .none ? ends[Int(list)].last : PropertyLists.previous(before: next, words)
        words[entry - 1] = UInt64(UInt32(bitPattern: previous)) | UInt64(UInt32(bitPattern: next)) << 32
        setNext(after: previous, to: entry, in: list, &words)
        setPrevious(before: next, to: entry, in: list, &words)
        index.insert(entry, hash: ByteHash.hash(list, words.key(of: entry)))
    }

    private mutating func setNext(
        after entry: Int32, to next: Int32, in list: Int32, _ words: inout PropertyWords
    ) {
        guard entry != .none else {
            ends[Int(list)].first = next
            return
        }
        words[entry - 1] = UInt64(UInt32(truncatingIfNeeded: words[entry - 1])) | UInt64(UInt32(bitPattern: next)) << 32
    }

    private mutating func setPrevious(
        before entry: Int32, to previous: Int32, in list: Int32, _ words: inout PropertyWords
    ) {
        guard entry != .none else {
            ends[Int(list)].last = previous
            return
        }
        words[entry - 1] = (words[entry - 1] >> 32) << 32 | UInt64(UInt32(bitPattern: previous))
    }
}
