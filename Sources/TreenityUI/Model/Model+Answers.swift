import TreenityProtocol
import TreenityStore

/// What becomes of edits that are on their way.
extension Model {
    mutating func acknowledged(_ acknowledgement: Acknowledgement) {
        let pending = settled(acknowledgement.id, at: acknowledgement.seq)
        if !acknowledgement.superseded.isEmpty, let patch = pending?.patches.first?.patch {
            notice = .warning("\(patch.path): what is there is newer; your edit was dropped")
        }
        acknowledgeShared(acknowledgement.id, at: acknowledgement.seq)
    }

    mutating func refused(_ id: String?, _ refusal: Refusal) {
        if historyRefused(id, refusal.message) { return }
        if let id, let execution = replica.unanswered.first(where: { $0.id == id }), acts.running[id] != nil {
            // It has its place in the order, and still may fail.
            _ = settled(id, at: nil)
            return self.refused(execution, refusal)
        }
        // A server that is asked again may be too busy to look up what it has said, but what has come was taken.
        if let acknowledgement = id.flatMap(replica.acknowledgement) { return acknowledged(acknowledgement) }
        guard let id, let refused = replica.refused(id) else {
            notice = .failure("the server refused something: \(refusal.message)")
            return
        }
        refuseShared(id, refusal)
        // What it did is undone without a word.
        if !isFrozen { outline.rescan() }
        self.refused(refused.edit, refusal)
    }

    private mutating func refused(_ edit: PendingEdit, _ refusal: Refusal) {
        noteRefusal(of: edit, refusal)
        forgetLost()
        for patch in edit.patches.map(\.patch) {
            feed.append(patch, refusal, at: now)
        }
    }

    /// A server that speaks the bare protocol answers nothing: what it does not send on in time it has refused.
    mutating func forgetUnanswered() -> [Effect] {
        guard let session = connection.session, session.welcome == nil else { return [] }
        var effects: [Effect] = []
        for edit in replica.pending {
            // One that was made before there was a connection went out when there was.
            let made = (edit.patches.first?.patch.timestamp?.milliseconds ?? 0) - clockSkew
            guard now.milliseconds - max(made, session.since.milliseconds) > Model.bareAnswerTime else { continue }
            replica.refused(edit.id)
            refused(edit, Refusal(.unavailable, "the server did not send it on"))
            effects.append(.network(.forget(id: edit.id)))
        }
        return effects
    }

    /// How long a bare server may take to send on an edit, in milliseconds.
    private static let bareAnswerTime: Int64 = 10_000

    /// The server has taken an edit.
    mutating func settled(_ id: String, at seq: SequenceNumber?) -> PendingEdit? {
        acts.undo.acknowledged(id)
        return replica.acknowledged(id, at: seq)
    }

    /// The server has not taken an edit: it has not happened, and waits to be made otherwise, or dropped.
    private mutating func noteRefusal(of edit: PendingEdit, _ refusal: Refusal) {
        acts.undo.refused(edit.id)
        acts.isUndoUnsaved = true
        if finished(edit.id, .failure(refusal)) { return }
        let patches = edit.patches.map(\.patch)
        let kept = RestoredEdit(id: edit.id, isBatch: edit.isBatch, patches: patches)
        acts.refused.append(RefusedAct(edit: kept, refusal: refusal))
        let what = patches.count == 1 ? patches[0].operation.name : "\(patches.count) changes"
        notice = .failure("\(what) refused: \(refusal.message)")
    }

    // MARK: An earlier run

    /// Takes up what an earlier run left.
    mutating func restore(_ edits: [RestoredEdit], _ epoch: String?, _ refused: [RestoredRefusal]) {
        if let epoch { replica.expect(epoch: epoch) }
        for edit in edits { replica.enqueue(edit.patches, id: edit.id, isBatch: edit.isBatch) }
        acts.restore(edits, refused)
        for refused in refused {
            for patch in refused.edit.patches {
                feed.append(patch, refused.refusal, at: now)
            }
        }
        notice = earlierRun ?? notice
    }

    /// What is to be said of the edits that an earlier run left, as long as something is; `nil`: nothing.
    var earlierRun: Notice? {
        guard !acts.restored.isEmpty || !acts.refused.isEmpty else { return nil }
        let waiting = replica.pending.count { acts.restored.contains($0.id) }
        var words: [String] = []
        if waiting > 0 {
            words.append(
                waiting == 1
                    ? "an edit of an earlier run waits to go out"
                    : "\(waiting) edits of an earlier run wait to go out")
        }
        if !acts.refused.isEmpty { words.append("\(acts.refused.count) were refused: gr lists them") }
        return words.isEmpty ? nil : .warning(words.joined(separator: "; "))
    }
}
