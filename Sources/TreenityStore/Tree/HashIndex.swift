/// Finds small numbers by the hash of what they stand for, in O(1) and without ever stopping to rebuild the whole.
///
/// Extendible hashing (Fagin and others, 1979): the upper bits of a hash choose a page by way of a directory, and a page
/// that is full splits into two. A page is a table with linear probing. So growth touches one page at a time, and copies
/// share the pages that neither has written to.
package struct HashIndex: Sendable {
    private struct Entry: Sendable {
        var hash: UInt32
        var number: Int32

        static let empty = Entry(hash: 0, number: -1)
        var isEmpty: Bool { number < 0 }
    }

    private struct Page: Sendable {
        /// So many upper bits do the hashes in this page share.
        var depth = 0
        var count = 0
        var entries: [Entry]
    }

    /// The page for each value of the upper ``bits`` bits.
    private var directory: [Int32] = [0]
    private var bits = 0
    private var pages: [Page]

    private static let pageSize = 4_096
    /// Pages of hashes that share so many bits grow instead of splitting.
    private static let deepest = 18

    /// An empty index.
    package init() {
        pages = [Page(entries: Array(repeating: .empty, count: 16))]
    }

    /// The number under this hash that is the right one; -1 where there is none.
    @inline(__always)
    package func find(_ hash: UInt32, where isRight: (Int32) -> Bool) -> Int32 {
        let page = page(of: hash)
        let mask = pages[page].entries.count - 1
        var place = Int(hash) & mask
        while true {
            let entry = pages[page].entries[place]
            if entry.isEmpty { return -1 }
            if entry.hash == hash, isRight(entry.number) { return entry.number }
            place = (place + 1) & mask
        }
    }

    /// - Precondition: `number` is not negative, and not in the index yet.
    package mutating func insert(_ number: Int32, hash: UInt32) {
        makeRoom(for: hash)
        let page = page(of: hash)
        HashIndex.place(Entry(hash: hash, number: number), in: &pages[page].entries)
        pages[page].count += 1
    }

    /// - Precondition: `number` was inserted with this hash.
    package mutating func remove(_ number: Int32, hash: UInt32) {
        let page = page(of: hash)
        let mask = pages[page].entries.count - 1
        var hole = Int(hash) & mask
        while pages[page].entries[hole].number != number {
            guard !pages[page].entries[hole].isEmpty else { preconditionFailure("an entry is missing from its index") }
            hole = (hole + 1) & mask
        }
        pages[page].count -= 1
        HashIndex.closeGap(at: hole, in: &pages[page].entries)
    }

    // MARK: Pages

    @inline(__always)
    private func page(of hash: UInt32) -> Int { Int(directory[Int(UInt64(hash) >> UInt64(32 - bits))]) }

    private static func place(_ entry: Entry, in entries: inout [Entry]) {
        let mask = entries.count - 1
        var place = Int(entry.hash) & mask
        while !entries[place].isEmpty { place = (place + 1) & mask }
        entries[place] = entry
    }

    /// Shifts entries back over the hole, so that none is cut off from its home.
    private static func closeGap(at start: Int, in entries: inout [Entry]) {
        let mask = entries.count - 1
        var hole = start
        var place = (hole + 1) & mask
        while !entries[place].isEmpty {
            let home = Int(entries[place].hash) & mask
            if (place &- home) & mask >= (place &- hole) & mask {
                entries[hole] = entries[place]
                hole = place
            }
            place = (place + 1) & mask
        }
        entries[hole] = .empty
    }

    private mutating func makeRoom(for hash: UInt32) {
        while true {
            let page = page(of: hash)
            let size = pages[page].entries.count
            guard (pages[page].count + 1) * 4 > size * 3 else { return }
            if size < HashIndex.pageSize || pages[page].depth >= HashIndex.deepest {
                grow(page)
            } else {
                split(page, holding: hash)
            }
        }
    }

    private mutating func grow(_ page: Int) {
        var larger = Array(repeating: Entry.empty, count: pages[page].entries.count * 2)
        for entry in pages[page].entries where !entry.isEmpty { HashIndex.place(entry, in: &larger) }
        pages[page].entries = larger
    }

    private mutating func split(_ page: Int, holding hash: UInt32) {
        if pages[page].depth == bits {
            directory = directory.flatMap { [$0, $0] }
            bits += 1
        }
        let depth = pages[page].depth + 1
        let decisive = UInt32(1) << UInt32(32 - depth)
        var halves = [Page(depth: depth, entries: []), Page(depth: depth, entries: [])]
        for half in halves.indices { halves[half].entries = Array(repeating: .empty, count: HashIndex.pageSize) }
        for entry in pages[page].entries where !entry.isEmpty {
            let half = entry.hash & decisive == 0 ? 0 : 1
            HashIndex.place(entry, in: &halves[half].entries)
            halves[half].count += 1
        }
        pages[page] = halves[0]
        pages.append(halves[1])
        // The directory's part for the upper half of this page's hashes.
        let width = 1 << (bits - depth)
        let start = Int(UInt64(hash) >> UInt64(32 - depth) | 1) * width
        for place in start..<start + width { directory[place] = Int32(pages.count - 1) }
    }
}
