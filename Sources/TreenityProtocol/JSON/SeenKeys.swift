/// The keys of one object so far, to notice a duplicate: without allocation for the few keys that objects usually have,
/// O(1) a key for those with many.
struct SeenKeys {
    private var few = InlineArray<8, Range<Int>>(repeating: 0..<0)
    private var count = 0
    private var many: Set<ArraySlice<UInt8>>?

    /// The keys of an object whose first key lies in `first`.
    init(_ first: Range<Int>) {
        few[0] = first
        count = 1
    }

    /// No key yet.
    init() {}

    /// `false` where the key, which lies in `range`, was there already.
    mutating func insert(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
        guard many == nil else { return insertAmongMany(range, of: bytes) }
        for place in 0..<count where SeenKeys.areEqual(few[place], range, in: bytes.span) { return false }
        guard count < few.count else { return insertAmongMany(range, of: bytes) }
        few[count] = range
        count += 1
        return true
    }

    @inline(never)
    private mutating func insertAmongMany(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
        if many == nil { many = Set(few.indices.map { bytes[few[$0]] }) }
        return many?.insert(bytes[range]).inserted ?? true
    }

    private static func areEqual(_ one: Range<Int>, _ other: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for offset in 0..<one.count where bytes[one.lowerBound + offset] != bytes[other.lowerBound + offset] {
            return false
        }
        return true
    }
}
