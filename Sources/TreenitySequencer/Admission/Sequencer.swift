public import TreenityProtocol
public import TreenityStore

/// Decides on patches, one after the other, and gives those that take effect their place in the one order.
///
/// It follows sections 2 and 3 of the protocol: refuses what the table of operations refuses, drops leaves that are
/// older than what is there, carries patches with a `base` over what happened since, and knows repeats by their `id`.
///
/// A value without clock and randomness: the same proposals with the same times give the same tree, order and answers,
/// wherever they are decided on with the same bounds. What was decided is final; nothing of a refused proposal remains.
public struct Sequencer: Sendable {
    /// The tree as all admitted patches made it.
    public internal(set) var tree: Replica
    /// The place of the newest admitted patch.
    public internal(set) var seq: SequenceNumber
    /// Under which the places in the order mean something.
    public let epoch: String
    var memory: Memory
    var answers: AnswerMemory

    /// How far ahead of the server's clock a timestamp may be, in milliseconds.
    public static let clockTolerance: Int64 = 60_000

    /// One that goes on from a tree and a place in the order, without knowing what led to them.
    ///
    /// - Parameters:
    ///   - tree: as the patches up to `seq` made it.
    ///   - epoch: a name of this order, different from that of any other.
    ///   - seq: the place of the newest patch in the tree. Patches with an earlier `base` are stale.
    ///   - bounds: how much is remembered.
    public init(
        tree: Replica, epoch: String, seq: SequenceNumber = .zero, bounds: MemoryBounds = MemoryBounds()
    ) {
        self.tree = tree
        self.epoch = epoch
        self.seq = seq
        memory = Memory(after: seq, bounds: bounds)
        answers = AnswerMemory(bounds)
    }

    /// Called for each patch that takes effect, with the tree as the patch left it.
    public typealias Witness = (Admission, Replica) -> Void

    /// Decides on one patch.
    ///
    /// - Parameters:
    ///   - patch: as it was sent.
    ///   - sender: from whom it came.
    ///   - now: the server's time, at which a patch without timestamp is made.
    ///   - witness: sees what takes effect.
    /// - Complexity: O(length of the path and value), beside O(nodes below) for a `DELETE`, and for a `MOVE` to a longer
    ///   path, whose descendants have to keep addresses within the limit; with a `base`, also O(moves since) and O(steps
    ///   of the text edits since), of which the sum is bounded: a patch that would take more is stale.
    public mutating func admit(
        _ patch: Patch, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        let claim = patch.claimedUser
        let key = patch.id.map { AnswerMemory.Key(user: sender.user(claiming: claim), id: $0) }
        if let key, let answer = answers[key] { return .repeated(answer) }
        let stamped = patch.stamped(by: sender, claiming: claim, now: now)
        do {
            let outcome = try apply(stamped, rights: sender.rights, now: now)
            memory.settle()
            let admission = outcome.admission
            if let admission { witness(admission, tree) }
            let answer = Answer(
                seq: seq, timestamp: stamped.timestamp ?? now, superseded: outcome.superseded,
                execution: admission?.isExecution == true ? .running : nil)
            if let key { answers.remember(answer, for: key) }
            return admission.map { .admitted([$0], answer) } ?? .nothing(answer)
        } catch {
            return .refused(error)
        }
    }
}
