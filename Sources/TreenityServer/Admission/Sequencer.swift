import TreenityProtocol
import TreenityStore

/// Decides on patches, one after the other, and gives those that take effect their place in the one order.
///
/// A value without clock and randomness: the same patches with the same times give the same tree, order and answers.
struct Sequencer: Sendable {
    /// The tree as all admitted patches made it.
    private(set) var tree: Replica
    /// The place of the newest admitted patch.
    private(set) var seq: SequenceNumber
    /// Under which the places in the order mean something.
    let epoch: String
    private var answers: AnswerMemory

    /// How far ahead of the server's clock a timestamp may be.
    static let clockTolerance: Int64 = 60_000

    /// - Parameter rememberedAnswers: how many `id`s are recognised.
    init(tree: Replica, epoch: String, seq: SequenceNumber = .zero, rememberedAnswers: Int = 100_000) {
        self.tree = tree
        self.epoch = epoch
        self.seq = seq
        answers = AnswerMemory(capacity: rememberedAnswers)
    }

    /// Called for each patch that takes effect, with the tree as the patch left it.
    typealias Witness = (Admission, Replica) -> Void

    /// Decides on one patch.
    ///
    /// - Complexity: O(length of the path and value), beside O(nodes below) for a `DELETE`, and for a `MOVE` to a longer
    ///   path, whose descendants have to keep addresses within the limit.
    mutating func admit(
        _ patch: Patch, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        let key = patch.id.map { AnswerMemory.Key(user: sender.user(of: patch), id: $0) }
        if let key, let answer = answers[key] { return .repeated(answer) }
        let stamped = patch.stamped(by: sender, now: now)
        do {
            let change = try apply(stamped, now: now)
            if !change.effects.isEmpty { witness(Admission(change: change), tree) }
            let answer = Answer(seq: seq, timestamp: stamped.timestamp ?? now, superseded: change.superseded)
            if let key { answers.remember(answer, for: key) }
            return change.effects.isEmpty ? .nothing(answer) : .admitted([Admission(change: change)], answer)
        } catch {
            return .refused(error)
        }
    }

    /// Decides on a batch: all of it is admitted, with consecutive places in the order, or nothing.
    ///
    /// A patch in it whose own `id` was answered before is not applied again, and keeps that answer. The witness has seen
    /// patches of a batch that then is refused, too.
    mutating func admit(
        batch patches: [Patch], id: String?, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        let key = id.map { AnswerMemory.Key(user: sender.user(of: patches.first), id: $0) }
        if let key, let answer = answers[key] { return .repeated(answer) }
        var draft = BatchDraft(answer: Answer(seq: seq, timestamp: now), before: seq)
        for (index, patch) in patches.enumerated() {
            do {
                try add(patch, at: index, to: &draft, from: sender, now: now, witness: witness)
            } catch {
                takeBack(draft)
                var refusal = error
                refusal.index = index
                return .refused(refusal)
            }
        }
        draft.answer.seq = seq
        for (key, answer) in draft.answers { answers.remember(answer, for: key) }
        if let key, answers[key] == nil { answers.remember(draft.answer, for: key) }
        return draft.admissions.isEmpty ? .nothing(draft.answer) : .admitted(draft.admissions, draft.answer)
    }
}

// MARK: - Batches

/// What a batch has come to so far.
private struct BatchDraft {
    var answer: Answer
    let before: SequenceNumber
    var admissions: [Admission] = []
    /// For the patches that carry an `id` of their own.
    var answers: [AnswerMemory.Key: Answer] = [:]
}

extension Sequencer {
    private mutating func add(
        _ patch: Patch, at index: Int, to draft: inout BatchDraft, from sender: Sender, now: Timestamp,
        witness: Witness
    ) throws(Refusal) {
        let key = patch.id.map { AnswerMemory.Key(user: sender.user(of: patch), id: $0) }
        if let key, answers[key] ?? draft.answers[key] != nil { return }
        let stamped = patch.stamped(by: sender, now: now)
        let change = try apply(stamped, now: now)
        if !change.effects.isEmpty {
            draft.admissions.append(Admission(change: change))
            witness(Admission(change: change), tree)
        }
        let answer = Answer(seq: seq, timestamp: stamped.timestamp ?? now, superseded: change.superseded)
        if let key { draft.answers[key] = answer }
        draft.answer.timestamp = answer.timestamp
        draft.answer.superseded += answer.superseded.map { $0.isEmpty ? "\(index)" : "\(index)/\($0)" }
    }

    private mutating func takeBack(_ draft: BatchDraft) {
        for admission in draft.admissions.reversed() { tree.revert(admission.change) }
        seq = draft.before
    }
}

// MARK: - One patch

extension Sequencer {
    /// Applies a patch as the tree is now; it gets a place in the order where it has an effect.
    private mutating func apply(_ patch: Patch, now: Timestamp) throws(Refusal) -> Change {
        var patch = patch
        patch.seq = seq.next
        switch patch.operation {
        case .add, .delete: break
        case .edit(let value): try checkTextEdits(in: value, of: patch)
        case .move(let target): try checkDepth(of: patch.path, at: target)
        case .execute: throw Refusal(.noAction, "there is no action at \(patch.path)", path: patch.path)
        }
        let change = try tree.apply(patch, rule: .admission, now: now)
        if !change.effects.isEmpty { seq = seq.next }
        return change
    }

    /// A text edit fits the text that its sender saw: any change since, even elsewhere, could be one of that text.
    private func checkTextEdits(in value: JSONValue, of patch: Patch) throws(Refusal) {
        guard patch.base != seq, value.holdsTextEdit else { return }
        throw Refusal(
            .stale, "the text edit stands on seq \(patch.base?.value ?? 0), not on \(seq.value)", path: patch.path)
    }

    /// Whatever moves has to keep an address that can be written.
    private func checkDepth(of source: TreePath, at target: TreePath) throws(Refusal) {
        guard target.depth > source.depth, let node = tree.node(at: source) else { return }
        let room = TreePath.maximumSegments - 1 - target.depth
        guard tree.reaches(node, beyond: room) else { return }
        throw Refusal(
            .invalidPath, "what is below \(source) would have more than \(TreePath.maximumSegments) segments",
            path: target)
    }
}
