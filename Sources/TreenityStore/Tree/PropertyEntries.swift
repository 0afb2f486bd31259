/// The entries of a node's properties, in order.
struct PropertyEntries: Sequence, IteratorProtocol {
    private let words: PropertyWords
    private var entry: Int32
    /// The word after the last entry, where they stand beside one another; `.none`: they are linked.
    private let end: Int32

    /// Entries that stand beside one another.
    init(_ range: Range<Int32>, in words: PropertyWords) {
        self.words = words
        entry = range.lowerBound
        end = range.upperBound
    }

    /// Entries that are linked.
    init(from first: Int32, in words: PropertyWords) {
        self.words = words
        entry = first
        end = .none
    }

    @inline(__always)
    mutating func next() -> Int32? {
        guard entry != end else { return nil }
        defer { entry = end == .none ? PropertyLists.next(after: entry, words) : entry + words.size(of: entry) }
        return entry
    }
}
