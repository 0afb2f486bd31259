/// When what was deleted: a trie of the names that lead to deleted addresses, whether anything is there now or not.
///
/// It remembers at most ``maximumCount`` deletions, and none for longer than ``maximumAge`` before the newest one; an
/// older write that arrives after its deletion was forgotten brings back what it writes.
struct DeletionStamps: Sendable {
    /// What is known of one address.
    struct Mark: Hashable, Sendable {
        /// The address was deleted then, and what is older stays deleted.
        var deletion: StoredStamp?
        /// Something was moved here: deletions of what lies above, up to this one, do not concern it.
        var shield: StoredStamp?

        var isEmpty: Bool { deletion == nil && shield == nil }
    }

    /// One address on the way to a marked one, or a marked one.
    private struct Entry: Sendable {
        var parent: Int32
        var name: UInt32
        /// Tells this entry from earlier ones in its place.
        var generation: UInt32
        /// The number of its latest marking.
        var marking: UInt32 = 0
        var childCount: Int32 = 0
        var mark = Mark()
    }

    /// A marking, by which the oldest are forgotten first.
    private struct Marking: Sendable {
        var entry: Int32
        var number: UInt32
        var timestamp: Int64
    }

    /// Entries that were cut off, as ``DeletionStamps/move(_:to:)`` leaves them.
    struct Detached: Sendable {
        fileprivate let entry: Int32
        fileprivate let generation: UInt32
    }

    /// The most deletions that are remembered.
    static let maximumCount = 1 << 16
    /// How long a deletion is remembered, in milliseconds of the patches' own clocks: a day.
    static let maximumAge: Int64 = 86_400_000
    /// The entry of the root, which exists always.
    static let top: Int32 = 0

    private var entries = Pages<Entry>()
    private var index = HashIndex()
    private var freeEntries: [Int32] = []
    private var issued: UInt32 = 0
    private var markings: [Marking] = []
    private var firstMarking = 0

    /// The time of the newest deletion: a write that is later minds none of them.
    private(set) var newest = Int64.min

    init() {
        entries.append(Entry(parent: .none, name: 0, generation: 0))
    }

    /// How many deletions are remembered, at most.
    var count: Int { markings.count - firstMarking }

    // MARK: Reading

    /// The entry below another under this name; `.none` where nothing is known of that address and below.
    func child(_ name: UInt32, of entry: Int32) -> Int32 {
        guard entry != .none, entries[Int(entry)].childCount > 0 else { return .none }
        return index.find(ByteHash.hash(entry, name)) {
            entries[Int($0)].parent == entry && entries[Int($0)].name == name
        }
    }

    func mark(of entry: Int32) -> Mark { entry == .none ? Mark() : entries[Int(entry)].mark }

    func mark(at way: [UInt32]) -> Mark { mark(of: entry(at: way)) }

    private func entry(at way: [UInt32]) -> Int32 { way.reduce(DeletionStamps.top) { child($1, of: $0) } }

    /// All that is known, by the names that lead to each address. O(everything).
    var marks: [[UInt32]: Mark] {
        var marks: [[UInt32]: Mark] = [:]
        for entry in entries.indices where !entries[entry].mark.isEmpty {
            if let way = way(to: Int32(entry)) { marks[way] = entries[entry].mark }
        }
        return marks
    }

    // MARK: Marking

    /// Marks the address to which these names lead; an empty mark forgets it. O(names).
    mutating func set(_ mark: Mark, at way: [UInt32]) {
        guard !mark.isEmpty else {
            forget(entry(at: way))
            return
        }
        let entry = makeEntry(at: way)
        issued &+= 1
        entries[Int(entry)].mark = mark
        entries[Int(entry)].marking = issued
        let timestamp = max(mark.deletion?.timestamp ?? .min, mark.shield?.timestamp ?? .min)
        markings.append(Marking(entry: entry, number: issued, timestamp: timestamp))
        newest = max(newest, timestamp)
        forgetOldest()
    }

    private mutating func forget(_ entry: Int32) {
        guard entry != .none else { return }
        entries[Int(entry)].mark = Mark()
        prune(entry)
    }

    private mutating func forgetOldest() {
        while let first = markings[firstMarking...].first,
            count > DeletionStamps.maximumCount || first.timestamp < newest.subtractingSafely(DeletionStamps.maximumAge)
        {
            if entries[Int(first.entry)].marking == first.number { forget(first.entry) }
            firstMarking += 1
        }
        if firstMarking > 1024, firstMarking * 2 > markings.count {
            markings.removeFirst(firstMarking)
            firstMarking = 0
        }
    }

    // MARK: Saving

    /// One of the markings, oldest first; of one that is the latest of its address, and not cut off, what it says.
    func marking(_ index: Int) -> (timestamp: Int64, mark: (way: [UInt32], mark: Mark)?) {
        let marking = markings[firstMarking + index]
        let entry = entries[Int(marking.entry)]
        guard entry.marking == marking.number, !entry.mark.isEmpty, let way = way(to: marking.entry) else {
            return (marking.timestamp, nil)
        }
        return (marking.timestamp, (way, entry.mark))
    }

    /// The names that lead to an entry; `nil` where it was cut off.
    private func way(to entry: Int32) -> [UInt32]? {
        var way: [UInt32] = []
        var above = entry
        while above > DeletionStamps.top {
            way.append(entries[Int(above)].name)
            above = entries[Int(above)].parent
        }
        return above == DeletionStamps.top ? way.reversed() : nil
    }

    /// Adds what ``marking(_:)`` said.
    mutating func restoreMarking(_ mark: Mark, at way: [UInt32], _ timestamp: Int64) {
        let entry = makeEntry(at: way)
        issued &+= 1
        entries[Int(entry)].mark = mark
        entries[Int(entry)].marking = issued
        markings.append(Marking(entry: entry, number: issued, timestamp: timestamp))
    }

    /// Adds a marking that says nothing any more.
    mutating func restoreMarking(at timestamp: Int64) {
        markings.append(Marking(entry: DeletionStamps.top, number: .max, timestamp: timestamp))
    }

    mutating func restore(newest: Int64) {
        self.newest = newest
    }

    // MARK: Moving

    /// Takes what is known of addresses below `source` to those below `target`; what was known there is cut off. The mark
    /// of `source` itself goes along, and stays. O(names).
    mutating func move(_ source: [UInt32], to target: [UInt32]) -> (moved: Bool, replaced: Detached?) {
        let replaced = detach(entry(at: target))
        let moved = entry(at: source)
        guard let detached = detach(moved) else { return (false, replaced) }
        attach(detached, at: target)
        let own = entries[Int(moved)].mark
        if !own.isEmpty { set(own, at: source) }
        return (true, replaced)
    }

    /// Takes back ``move(_:to:)``.
    mutating func takeBackMove(_ source: [UInt32], to target: [UInt32], moved: Bool, replaced: Detached?) {
        if moved, let detached = detach(entry(at: target)) {
            forget(entry(at: source))
            attach(detached, at: source)
        }
        if let replaced { attach(replaced, at: target) }
    }

    private mutating func detach(_ entry: Int32) -> Detached? {
        guard entry > DeletionStamps.top else { return nil }
        let parent = entries[Int(entry)].parent
        index.remove(entry, hash: ByteHash.hash(parent, entries[Int(entry)].name))
        entries[Int(entry)].parent = .none
        entries[Int(parent)].childCount -= 1
        prune(parent)
        return Detached(entry: entry, generation: entries[Int(entry)].generation)
    }

    private mutating func attach(_ detached: Detached, at way: [UInt32]) {
        guard entries[Int(detached.entry)].generation == detached.generation, let name = way.last else { return }
        let parent = makeEntry(at: Array(way.dropLast()))
        entries[Int(detached.entry)].name = name
        link(detached.entry, below: parent)
    }

    // MARK: Entries

    private mutating func makeEntry(at way: [UInt32]) -> Int32 {
        way.reduce(DeletionStamps.top) { entry, name in
            let child = child(name, of: entry)
            return child == .none ? addEntry(name, below: entry) : child
        }
    }

    private mutating func addEntry(_ name: UInt32, below parent: Int32) -> Int32 {
        issued &+= 1
        let entry = Entry(parent: .none, name: name, generation: issued)
        let slot: Int32
        if let free = freeEntries.popLast() {
            slot = free
            entries[Int(slot)] = entry
        } else {
            slot = Int32(entries.count)
            entries.append(entry)
        }
        link(slot, below: parent)
        return slot
    }

    private mutating func link(_ entry: Int32, below parent: Int32) {
        entries[Int(entry)].parent = parent
        entries[Int(parent)].childCount += 1
        index.insert(entry, hash: ByteHash.hash(parent, entries[Int(entry)].name))
    }

    /// Gives up an entry that leads to nothing any more, and those above it of which the same is then true.
    private mutating func prune(_ entry: Int32) {
        var entry = entry
        while entry > DeletionStamps.top, entries[Int(entry)].childCount == 0, entries[Int(entry)].mark.isEmpty {
            let parent = entries[Int(entry)].parent
            if parent != .none {
                index.remove(entry, hash: ByteHash.hash(parent, entries[Int(entry)].name))
                entries[Int(parent)].childCount -= 1
            }
            entries[Int(entry)].generation = 0
            entries[Int(entry)].marking = 0
            freeEntries.append(entry)
            entry = parent
        }
    }
}

extension Int64 {
    /// This number less another; the smallest number where that would be beyond it.
    func subtractingSafely(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? .min : difference
    }
}
