import TreenityProtocol
import TreenityStore

/// Puts the children of a node in natural order: each name becomes once a key that compares byte by byte. The eight bytes
/// beyond what all keys begin with are sorted digit by digit, and only names that agree in them are compared.
struct NaturalKeys {
    private struct Entry {
        /// The key's bytes after what all have in common, as a number; blank where it is shorter.
        var head: UInt64 = 0
        let node: NodeID
        let start: Int32
        let end: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private var common = 0

    /// The children of a node, 9 before 10. O(n log n), O(n) where they came in order.
    static func sorted(childrenOf node: NodeID, in tree: Replica) -> [NodeID] {
        var keys = NaturalKeys()
        keys.entries.reserveCapacity(tree.childCount(of: node))
        keys.bytes.reserveCapacity(16 * tree.childCount(of: node))
        for child in tree.children(of: node) { keys.append(child, named: tree.name(of: child).text) }
        keys.look()
        keys.sort(in: tree)
        return keys.entries.map(\.node)
    }

    private mutating func append(_ node: NodeID, named name: String) {
        let start = bytes.count
        NaturalKeys.append(name.utf8.span, to: &bytes)
        if entries.isEmpty {
            common = bytes.count
        } else {
            var agreeing = 0
            let most = min(common, bytes.count - start)
            while agreeing < most, bytes[agreeing] == bytes[start + agreeing] { agreeing += 1 }
            common = agreeing
        }
        entries.append(Entry(node: node, start: Int32(start), end: Int32(bytes.count)))
    }

    /// The key of a name: letters in small, and before the digits of a number, which lose their leading zeros, their count.
    private static func append(_ name: Swift.Span<UInt8>, to key: inout [UInt8]) {
        var place = 0
        while place < name.count {
            let byte = name[place]
            guard isDigit(byte) else {
                key.append(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte)
                place += 1
                continue
            }
            while place < name.count, name[place] == UInt8(ascii: "0") { place += 1 }
            var end = place
            while end < name.count, isDigit(name[end]) { end += 1 }
            key.append(UInt8(ascii: "0"))
            // A name has at most 255 bytes.
            key.append(UInt8(end - place))
            while place < end {
                key.append(name[place])
                place += 1
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// Reads the heads.
    private mutating func look() {
        for place in entries.indices {
            let start = Int(entries[place].start) + common
            let end = Int(entries[place].end)
            var head: UInt64 = 0
            for place in start..<start + 8 { head = head << 8 | (place < end ? UInt64(bytes[place]) : 0) }
            entries[place].head = head
        }
    }

    private mutating func sort(in tree: Replica) {
        if zip(entries, entries.dropFirst()).contains(where: { $0.head > $1.head }) { sortByHeads() }
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].head == entries[start].head { end += 1 }
            if end - start > 1 { sortRest(start..<end, in: tree) }
            start = end
        }
    }

    /// From the last byte to the first, each time without a change among those that agree; bytes in which all agree are
    /// passed over.
    private mutating func sortByHeads() {
        let first = entries.first?.head ?? 0
        let differing = entries.reduce(into: UInt64(0)) { $0 |= $1.head ^ first }
        var other = entries
        for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
            var starts = [Int](repeating: 0, count: 257)
            for entry in entries { starts[Int(entry.head >> shift & 0xFF) + 1] += 1 }
            for byte in 1...256 { starts[byte] += starts[byte - 1] }
            for entry in entries {
                let byte = Int(entry.head >> shift & 0xFF)
                other[starts[byte]] = entry
                starts[byte] += 1
            }
            swap(&entries, &other)
        }
    }

    private mutating func sortRest(_ range: Range<Int>, in tree: Replica) {
        let (bytes, common) = (bytes, common)
        func rest(_ entry: Entry) -> ArraySlice<UInt8> {
            bytes[min(Int(entry.start) + common + 8, Int(entry.end))..<Int(entry.end)]
        }
        entries[range].sort { one, other in
            let (first, second) = (rest(one), rest(other))
            if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) }
            return tree.name(of: one.node) < tree.name(of: other.node)
        }
    }
}
