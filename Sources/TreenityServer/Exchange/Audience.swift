import TreenityProtocol
import TreenityStore

/// All sessions that see the same, and what they have not been sent yet: it is made once for all of them.
struct Audience: Sendable {
    /// What is seen.
    var view: View { narrowing.view }
    private var narrowing: Narrowing
    private var sessions: Set<SessionID> = []
    private var bare: Set<SessionID> = []
    /// What was decided and not sent yet.
    private var frames: [ServerFrame] = []
    /// What the decision under way shows so far, and from where it began.
    private var draft: [Patch] = []
    private var settled: Narrowing

    init(_ view: View, of tree: Replica) {
        narrowing = Narrowing(view, of: tree)
        settled = narrowing
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

    /// The decision stands: what it shows is one frame.
    mutating func settle() {
        settled = narrowing
        guard let first = draft.first else { return }
        frames.append(draft.count == 1 ? .patch(first) : .batch(draft))
        draft = []
    }

    /// The decision was taken back.
    mutating func forget() {
        narrowing = settled
        draft = []
    }

    /// What is to be sent; then nothing is left.
    mutating func flush() -> [Delivery] {
        guard !frames.isEmpty else { return [] }
        defer { frames = [] }
        let singles = frames.flatMap(\.singles)
        guard singles.count > frames.count else { return delivery(frames, to: sessions.union(bare)) }
        return delivery(frames, to: sessions) + delivery(singles, to: bare)
    }

    private func delivery(_ frames: [ServerFrame], to ids: Set<SessionID>) -> [Delivery] {
        ids.isEmpty ? [] : [Delivery(to: Array(ids), .frames(frames))]
    }
}

extension ServerFrame {
    /// A batch as the patches that it consists of, for those who take one patch a message.
    fileprivate var singles: [ServerFrame] {
        if case .batch(let patches) = self { patches.map(ServerFrame.patch) } else { [self] }
    }
}
