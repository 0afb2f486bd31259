import TreenityLog

/// Archived patches that wait to be written: for their turn, and while the disk is full.
struct ArchiveBacklog {
    private var patches: ArraySlice<ArchivedPatch> = []
    private var isWriting = false

    /// More than that are dropped, the oldest first, where the disk takes none.
    static let capacity = 50_000
    /// So many are written in one transaction: it takes a few milliseconds.
    static let atOnce = 512

    /// These are to be written; `false`: by somebody who writes already.
    mutating func append(_ new: [ArchivedPatch]) -> Bool {
        patches += new
        defer { isWriting = true }
        return !isWriting
    }

    /// Those to write now; empty: all were, and who comes next begins.
    mutating func next() -> ArraySlice<ArchivedPatch> {
        if patches.isEmpty { isWriting = false }
        return patches.prefix(ArchiveBacklog.atOnce)
    }

    /// So many of the first were written.
    mutating func written(_ count: Int) { patches = patches.dropFirst(count) }

    /// They could not be written: they wait for the next ones. Returns how many had to be dropped.
    mutating func failed() -> Int {
        isWriting = false
        let excess = max(patches.count - ArchiveBacklog.capacity, 0)
        patches = patches.dropFirst(excess)
        return excess
    }
}
