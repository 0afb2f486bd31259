import TreenityProtocol
import TreenityStore

/// All sessions that see the same, and what they have not been sent yet: it is made once for all of them.
struct Audience: Sendable {
    /// What is seen.
    var view: View { narrowing.view }
    private var narrowing: Narrowing
    private var sessions: Set<SessionID> = []
    private var bare: Set<SessionID> = []
    /// What was decided and not sent yet, and what the decision under way shows so far.
    private var runs = PatchRuns()
    /// From where the decision under way began.
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
        if view.isWhole { runs.append(patch) } else { runs.append(narrowing.narrow(patch, in: tree)) }
    }

    /// The decision stands.
    mutating func settle() {
        settled = narrowing
        runs.endRun()
    }

    /// The decision was taken back.
    mutating func forget() {
        narrowing = settled
        runs.dropRun()
    }

    /// What is to be sent, up to that place in the order; then nothing is left.
    mutating func flush(at seq: SequenceNumber) -> [Delivery] {
        guard !runs.isEmpty else { return [] }
        defer { runs = PatchRuns() }
        told = seq
        var deliveries: [Delivery] = []
        if !sessions.isEmpty {
            deliveries.append(Delivery(to: Array(sessions), .frames(runs.frames)))
        }
        if !bare.isEmpty {
            deliveries.append(Delivery(to: Array(bare), .frames(runs.patches.map(ServerFrame.patch))))
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
