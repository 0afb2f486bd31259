/// What the bytes of a file come to.
struct OutboxReplay: Sendable {
    private(set) var contents = OutboxContents()
    /// The lines that cannot be read, with their ends.
    private(set) var damaged: [[UInt8]] = []
    /// Whether a newer version of the program wrote to it: then it is to be left alone.
    private(set) var isNewer = false
    /// Whether what stands behind the last end of a line is the beginning of a record that was never written whole.
    let isTorn: Bool

    /// Reads a file. O(length).
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var lines: [ArraySlice<UInt8>] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(rest[..<end])
            rest = rest[(end + 1)...]
        }
        isTorn = !rest.isEmpty
        for line in lines { read(Array(line)) }
    }

    private mutating func read(_ line: [UInt8]) {
        switch OutboxRecord.read(line) {
        case .record(let record): contents.apply(record)
        case .newer: isNewer = true
        case .damaged: damaged.append(line + [UInt8(ascii: "\n")])
        }
    }
}
