public import TreenityProtocol

extension OptimisticReplica {
    /// Takes up edits that may not fit what is known here: those that an earlier run of the program left without an
    /// answer, and those of parts of the tree that have not been loaded. Each is shown as soon as it fits; whether it is
    /// possible is for the server to say. An edit of a text is not shown, as the text that it was made for is not known.
    ///
    /// Their `base` stays as it is.
    ///
    /// - Precondition: each patch has an `id` of its own.
    /// - Parameter id: of the batch, or of the one patch.
    public mutating func enqueue(_ patches: [Patch], id: String, isBatch: Bool) {
        for patch in patches { precondition(patch.id != nil, "a pending patch is recognised by its id: \(patch)") }
        var edit = PendingEdit(id: id, isBatch: isBatch)
        edit.enqueue(patches)
        if pending.isEmpty { confirmedNewest = tree.newest }
        try? edit.apply(to: &tree, now: patches.first?.timestamp ?? tree.newest)
        append(edit)
    }

    /// What is pending belongs to this epoch, from before there is a session: see ``sessionBegan(_:)``.
    ///
    /// - Precondition: there has been no session.
    public mutating func expect(epoch: String) {
        precondition(self.epoch == nil && applied == nil, "an epoch is expected where there is one already")
        self.epoch = epoch
    }

    /// What was missed since a place in the order comes, instead of a snapshot: it is no repeat.
    public mutating func resumed(from seq: SequenceNumber) {
        seen = min(seen, seq)
    }
}
