import TreenityLog
import TreenityProtocol

/// Patches without a gap in the order, that are kept as one row of the archive: a row and its places in the index cost
/// several times what a patch does.
///
/// Each is a line: when it was received, its path and its target, and the patch as ``ArchivedPatch/encoded``, with tabs
/// between them, which no path holds. The paths are a first sieve.
struct ArchiveRun: Sendable {
    /// What a patch has to do with a path.
    enum Role: Int64, CaseIterable {
        /// It is its path.
        case at = 0
        /// A `MOVE` takes away what is there.
        case source = 1
        /// A `MOVE` brings what is there then.
        case target = 2
    }

    /// A path of which a patch speaks.
    struct Place: Hashable, Sendable {
        var role: Role
        var path: String
    }

    let first: Int64
    private(set) var last: Int64
    /// When the last of them was received.
    private(set) var received: Timestamp
    private(set) var bytes: [UInt8] = []
    private(set) var places: Set<Place> = []

    /// No run has more patches, nor more bytes but for one patch that is larger alone: to look for one patch, all of its run
    /// is read.
    static let capacity: Int64 = 256
    private static let byteCapacity = 128 << 10

    /// The patches in runs. None of them reaches from one stretch of the order to the next.
    static func runs(of patches: some Sequence<ArchivedPatch>) -> [ArchiveRun] {
        var runs: [ArchiveRun] = []
        for patch in patches {
            guard let seq = patch.patch.seq?.value else { preconditionFailure("a patch without seq: \(patch)") }
            if runs.last?.takes(seq) != true { runs.append(ArchiveRun(from: seq)) }
            runs[runs.count - 1].append(patch)
        }
        return runs
    }

    private init(from first: Int64) {
        self.first = first
        last = first - 1
        received = Timestamp(milliseconds: 0)
    }

    private func takes(_ seq: Int64) -> Bool {
        seq == last + 1 && seq - first < ArchiveRun.capacity && bytes.count < ArchiveRun.byteCapacity
            && seq % ArchiveRows.stretch != 0
    }

    private mutating func append(_ archived: ArchivedPatch) {
        let path = archived.patch.path.text
        var target = ""
        if case .move(let to) = archived.patch.operation {
            target = to.text
            places.insert(Place(role: .source, path: path))
            places.insert(Place(role: .target, path: target))
        } else {
            places.insert(Place(role: .at, path: path))
        }
        last += 1
        received = archived.received
        bytes += "\(received.milliseconds)\t\(path)\t\(target)\t".utf8
        bytes += archived.encoded
        bytes.append(UInt8(ascii: "\n"))
    }
}
