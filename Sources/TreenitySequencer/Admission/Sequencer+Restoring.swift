public import TreenityProtocol
public import TreenityStore

extension Sequencer {
    /// Applies a patch that was admitted before, as everyone got it: so a sequencer that begins with an older tree
    /// comes to know what led to the newest one, and to the same verdicts as the one that admitted it.
    ///
    /// - Parameter patch: the one of the next place in the order.
    /// - Throws: ``Refusal`` (`invalid-patch`) where it is of another place, or as the tree says where it is of another
    ///   tree; nothing has changed then.
    @discardableResult
    public mutating func restore(_ patch: Patch) throws(Refusal) -> Change {
        guard patch.seq == seq.next else {
            throw Refusal(.invalidPatch, "seq \(patch.seq?.value ?? 0) does not follow \(seq.value)", path: patch.path)
        }
        var edits: [PropertyKey: TextEdit] = [:]
        if case .edit(let value) = patch.operation, let leaves = value.textLeaves {
            for leaf in leaves {
                guard let key = tree.property(at: patch.path.appending(leaf.way)) else { continue }
                edits[key] = leaf.edit
            }
        }
        // Admitted once more: what is decided only would leave no memory of what was deleted.
        let change = try tree.apply(patch, rule: .admission, now: Timestamp(milliseconds: 0))
        seq = seq.next
        memory.note(change, edits, at: seq)
        memory.settle()
        return change
    }

    /// Remembers an answer that was given before, so that the patch or batch with this `id` is known when it is repeated.
    /// The oldest answers come first.
    ///
    /// - Parameter user: as the `meta.user` of the patch was sent on, of a batch that of its first.
    public mutating func restore(_ answer: Answer, to id: String, of user: String) {
        let key = AnswerMemory.Key(user: user, id: id)
        if answers[key] == nil { answers.remember(answer, for: key) }
    }
}
