import TreenityProtocol
import TreenityStore

/// All sessions that see the same, and what they have not been sent yet: it is made once for all of them.
struct Audience: Sendable {
    /// What is seen.
    var view: View { narrowing.view }
    private var narrowing: Narrowing
    private var sessions: Set<SessionID> = []
    private var bare: Set<SessionID> = []
    /// What was decided and not sent yet: the patches of each decision.
    private var runs: [[Patch]] = []
    /// What the decision under way shows so far, and from where it began.
    private var draft: [Patch] = []
    private var settled: Narrowing
    /// How far its sessions know the order to be.
    private var told: SequenceNumber

    init(_ view: View, of tree: Replica, at seq: SequenceNumber) {
        narrowing = Narrowing(view, of: tree)
        settled = narrowing
        told = seq
    }

    // MARK: Members

    var isEmpty: Bool { sessions.isEmpty && bare.isEmpty }

    mutating func insert(_ id: SessionID, _ dialect: Session.Dialect) {
        switch dialect {
        case .bare: bare.insert(id)
        case .frames: sessions.insert(id)
        }
    }

    mutating func remove(_ id: SessionID) {
        bare.remove(id)
        sessions.remove(id)
    }

    // MARK: Patches

    /// A patch took effect, as part of a decision that still may be taken back.
    mutating func witness(_ patch: Patch, in tree: Replica) {
        draft += narrowing.narrow(patch, in: tree)
    }

    /// The decision stands.
    mutating func settle() {
        settled = narrowing
        guard !draft.isEmpty else { return }
        runs.append(draft)
        draft = []
    }

    /// The decision was taken back.
    mutating func forget() {
        narrowing = settled
        draft = []
    }

    /// What is to be sent, up to that place in the order; then nothing is left.
    mutating func flush(at seq: SequenceNumber) -> [Delivery] {
        guard !runs.isEmpty else { return [] }
        defer { runs = [] }
        told = seq
        var deliveries: [Delivery] = []
        if !sessions.isEmpty {
            deliveries.append(Delivery(to: Array(sessions), .frames(runs.packed)))
        }
        if !bare.isEmpty {
            deliveries.append(Delivery(to: Array(bare), .frames(runs.joined().map(ServerFrame.patch))))
        }
        return deliveries
    }

    /// Tells its sessions that they have seen all up to a place, where they were sent nothing of late.
    mutating func tellProgress(_ seq: SequenceNumber) -> Delivery? {
        guard told < seq, !sessions.isEmpty else { return nil }
        told = seq
        return Delivery(to: Array(sessions), .frames([.at(seq)]))
    }
}

extension [[Patch]] {
    /// Frames with all of these patches: those of one run are in one frame, and so are as many further ones as make no frame
    /// large that need not be.
    var packed: [ServerFrame] {
        var frames: [ServerFrame] = []
        var pack: [Patch] = []
        var bytes = 0
        for run in self {
            let size = run.reduce(0) { $0 + $1.roughBytes }
            if !pack.isEmpty, bytes + size > SnapshotSource.chunkBytes {
                frames.append(.of(pack))
                (pack, bytes) = ([], 0)
            }
            pack += run
            bytes += size
        }
        if !pack.isEmpty { frames.append(.of(pack)) }
        return frames
    }
}

extension ServerFrame {
    /// One frame with these patches.
    fileprivate static func of(_ patches: [Patch]) -> ServerFrame {
        patches.count == 1 ? .patch(patches[0]) : .batch(patches)
    }
}
