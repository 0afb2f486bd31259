import Synchronization
public import TreenityProtocol

/// An archive in memory: of the newest patches, about as many as there is room for.
public final class MemoryArchive: PatchArchive {
    private let shelf: Mutex<Shelf>

    /// An empty archive for patches of about so many bytes.
    public init(capacity: Int = 64 << 20) {
        shelf = Mutex(Shelf(capacity: capacity))
    }

    /// Keeps patches; the oldest go where there is no room. O(their number).
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {
        shelf.withLock { shelf in
            for patch in patches { shelf.append(patch) }
        }
    }

    /// See ``PatchArchive/history(of:before:limit:)``. O(patches kept).
    public func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool) {
        let boxes = shelf.withLock { $0.boxes }
        var walk = HistoryWalk(of: path)
        var found: [ArchivedPatch] = []
        for patch in boxes.lazy.reversed().flatMap({ $0.patches.reversed() }) where walk.take(patch.patch) {
            if let before, patch.patch.seq ?? .zero >= before { continue }
            guard found.count < limit else { return (found, true) }
            found.append(patch)
        }
        return (found, false)
    }
}

extension MemoryArchive {
    /// Patches in boxes, so that a reader's copy of the shelf costs the next append one box and not the whole.
    private struct Shelf {
        struct Box {
            var patches: [ArchivedPatch] = []
            var bytes = 0
        }

        private(set) var boxes: [Box] = []
        private var newest = SequenceNumber.zero
        private var bytes = 0
        private let capacity: Int

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func append(_ patch: ArchivedPatch) {
            guard let seq = patch.patch.seq, seq > newest else { return }
            newest = seq
            if isBoxFull { boxes.append(Box()) }
            let size = patch.estimatedBytes
            boxes[boxes.count - 1].patches.append(patch)
            boxes[boxes.count - 1].bytes += size
            bytes += size
            while bytes > capacity, boxes.count > 1 { bytes -= boxes.removeFirst().bytes }
        }

        /// So small that the room for one is little beside all.
        private var isBoxFull: Bool {
            guard let box = boxes.last else { return true }
            return box.patches.count >= 1_024 || box.bytes > capacity / 64
        }
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
