import Synchronization
public import TreenityProtocol

/// An archive in memory: of the newest patches, as many as there is room for.
public final class MemoryArchive: PatchArchive {
    private struct Shelf {
        var patches: [ArchivedPatch] = []
        /// Those before are gone.
        var first = 0
        var bytes = 0
    }

    private let shelf = Mutex(Shelf())
    private let capacity: Int

    /// An empty archive for patches of about so many bytes.
    public init(capacity: Int = 64 << 20) {
        self.capacity = capacity
    }

    /// Keeps patches; the oldest go where there is no room.
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {
        shelf.withLock { shelf in
            for patch in patches where patch.patch.seq ?? .zero > shelf.patches.last?.patch.seq ?? .zero {
                shelf.patches.append(patch)
                shelf.bytes += patch.estimatedBytes
            }
            while shelf.bytes > capacity, shelf.first < shelf.patches.count {
                shelf.bytes -= shelf.patches[shelf.first].estimatedBytes
                shelf.first += 1
            }
            guard shelf.first > 1_000, shelf.first * 2 > shelf.patches.count else { return }
            shelf.patches.removeFirst(shelf.first)
            shelf.first = 0
        }
    }

    /// See ``PatchArchive/history(of:before:limit:)``. O(patches kept).
    public func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool) {
        let kept = shelf.withLock { $0.patches[$0.first...] }
        var walk = HistoryWalk(of: path)
        var found: [ArchivedPatch] = []
        for patch in kept.reversed() where walk.take(patch.patch) {
            if let before, patch.patch.seq ?? .zero >= before { continue }
            guard found.count < limit else { return (found, true) }
            found.append(patch)
        }
        return (found, false)
    }
}

extension ArchivedPatch {
    /// About so many bytes does it take in memory.
    fileprivate var estimatedBytes: Int {
        let content =
            switch patch.operation {
            case .add(let value), .edit(let value): value.text.utf8.count
            case .execute(let argument): argument?.text.utf8.count ?? 0
            case .move(let target): target.text.utf8.count
            case .delete: 0
            }
        return MemoryLayout<ArchivedPatch>.stride + content + patch.path.text.utf8.count
            + (patch.meta?.text.utf8.count ?? 0) + (previous?.text.utf8.count ?? 0)
    }
}
