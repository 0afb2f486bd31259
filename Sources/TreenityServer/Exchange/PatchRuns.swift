import TreenityProtocol

/// Patches on their way to those who see them, in runs: what one decision shows is one run, and goes out together.
struct PatchRuns: Sendable {
    /// In order, those of the run under way at the end.
    private(set) var patches: [Patch] = []
    /// Where each run that stands has its end among them.
    private var ends: [Int] = []

    /// Whether no run stands.
    var isEmpty: Bool { ends.isEmpty }

    /// How many runs stand.
    var count: Int { ends.count }

    private var end: Int { ends.last ?? 0 }

    /// A patch more of the run under way.
    mutating func append(_ patch: Patch) { patches.append(patch) }

    /// As ``append(_:)``, for several.
    mutating func append(_ new: [Patch]) { patches += new }

    /// The run under way stands, unless there is nothing in it.
    mutating func endRun() {
        if patches.count > end { ends.append(patches.count) }
    }

    /// The run under way has not happened.
    mutating func dropRun() { patches.removeSubrange(end...) }

    /// Frames with all runs that stand: the patches of one run are in one frame, and so are as many further ones as make
    /// no frame large that need not be.
    var frames: [ServerFrame] {
        var frames: [ServerFrame] = []
        var (start, end, bytes) = (0, 0, 0)
        for runEnd in ends {
            let size = patches[end..<runEnd].reduce(0) { $0 + $1.roughBytes }
            if start < end, bytes + size > SnapshotSource.chunkBytes {
                frames.append(.of(patches[start..<end]))
                (start, bytes) = (end, 0)
            }
            end = runEnd
            bytes += size
        }
        if start < end { frames.append(.of(patches[start..<end])) }
        return frames
    }
}

extension ServerFrame {
    /// One frame with these patches, of which there is at least one.
    fileprivate static func of(_ patches: ArraySlice<Patch>) -> ServerFrame {
        patches.count == 1 ? .patch(patches[patches.startIndex]) : .batch(Array(patches))
    }
}
