/// Decides what is written, without files.
///
/// Whole (the file comes to what is known) → not whole (a write failed, or the file is another's, torn or damaged) →
/// whole, by being written anew.
struct OutboxMachine: Sendable {
    /// What has to be written.
    enum Step: Hashable, Sendable {
        /// These bytes behind those that are there.
        case append([UInt8])
        /// These bytes instead of those that are there.
        case rewrite([UInt8])
    }

    /// Below this size, in bytes, a file is not worth making smaller.
    static let smallSize = 256 << 10

    private(set) var contents: OutboxContents
    private(set) var isWhole: Bool
    private var size: Int
    private var limit: Int

    /// - Parameter size: of the file, in bytes.
    init(_ contents: OutboxContents = OutboxContents(), size: Int = 0, isWhole: Bool = false) {
        self.contents = contents
        self.size = size
        self.isWhole = isWhole
        limit = OutboxMachine.smallSize
    }

    /// Something happened. It counts even if it cannot be written.
    mutating func take(_ records: [OutboxRecord]) -> Step {
        for record in records { contents.apply(record) }
        return isWhole ? .append(records.flatMap(\.line)) : .rewrite(all)
    }

    /// Everything, in as few bytes as possible.
    var all: [UInt8] { contents.records.flatMap(\.line) }

    /// The bytes are there and stay there.
    mutating func appended(_ count: Int) {
        size += count
    }

    /// The file has been written anew.
    mutating func rewritten(_ count: Int) {
        size = count
        isWhole = true
        limit = max(OutboxMachine.smallSize, 2 * count)
    }

    /// Nobody knows how much of it was written.
    mutating func failed() {
        isWhole = false
    }

    /// What to write instead of a file most of which is of no use any more; `nil`: not now.
    ///
    /// Asked for when the file has doubled, so that it costs O(1) a byte.
    mutating func leaner() -> [UInt8]? {
        guard size > limit else { return nil }
        limit = 2 * size
        let all = all
        return all.count <= size / 2 ? all : nil
    }
}
