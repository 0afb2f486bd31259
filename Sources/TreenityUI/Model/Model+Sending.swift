import TreenityProtocol
import TreenityStore

extension Model {
    /// Makes an edit: shows it at once, and hands it out to be sent. `false`: it is impossible; the user was told.
    mutating func send(_ operation: Patch.Operation, _ path: TreePath) -> Bool {
        send([Patch(operation, path)])
    }

    /// As ``send(_:_:)``; several patches are taken all or not at all.
    ///
    /// - Parameter id: of the edit; `nil`: a new one.
    mutating func send(_ patches: [Patch], id: String? = nil) -> Bool {
        guard mayChange(), isUnlocked(), isWithinLimit(patches.count) else { return false }
        let id = id ?? nextID()
        let timestamp = replica.timestamp(now: serverNow)
        let signed = patches.map { patch in
            Patch(
                patch.operation, patch.path, timestamp: timestamp, meta: ["user": .string(user)],
                id: patches.count == 1 ? id : nextID())
        }
        do {
            let changes =
                signed.count == 1
                ? [try replica.edit(signed[0], now: serverNow)]
                : try replica.edit(batch: signed, id: id, now: serverNow)
            for change in changes { note(change, cursorName: nil) }
            guard let edit = replica.pending.last else { preconditionFailure("an edit that is not pending: \(id)") }
            acts.undo.userDid(
                id, changes, undoneBy: edit.inverse.fits(maximumBytes) ? edit.inverse : [], in: replica.tree)
            acts.isUndoUnsaved = true
            if case .execute = signed[0].operation { acts.running[id] = signed[0].path }
            outbox.append(edit.sent)
            return true
        } catch {
            notice = .failure(error.message)
            return false
        }
    }

    /// What is to be kept, and sent now; while there is no connection, edits wait and go out when it stands again.
    mutating func flush() -> [Effect] {
        defer { outbox = [] }
        if connection.session == nil {
            notice = .warning("offline: the edit is kept and goes out when the connection is back")
        }
        return outbox.map(Effect.network)
    }

    /// As whose its edits count: a server that knows its users says so, another one believes what they say.
    var user: String {
        guard let known = connection.session?.welcome?.user, known != Welcome.unknownUser else { return settings.user }
        return known
    }

    // MARK: Limits

    /// The largest message that the server takes, in bytes.
    var maximumBytes: Int { connection.session?.welcome?.maximumMessageBytes ?? 1 << 20 }

    private mutating func isWithinLimit(_ count: Int) -> Bool {
        guard let most = connection.session?.welcome?.maximumBatch, count > most else { return true }
        notice = .failure("the server takes \(Human.grouped(most)) changes at once, and these are \(count)")
        return false
    }

    // MARK: Files

    /// What has changed of what is kept in files.
    mutating func kept() -> [Effect] {
        let drops = acts.dropped.map { Effect.network(.drop(id: $0)) }
        acts.dropped = []
        guard settings.keepsUndo, acts.isUndoUnsaved, let epoch = replica.epoch else { return drops }
        acts.isUndoUnsaved = false
        return drops + [.state(.keepUndo(acts.undo, epoch: epoch))]
    }
}

extension PendingEdit {
    /// The effect that sends it.
    fileprivate var sent: NetworkEffect {
        isBatch ? .sendBatch(id: id, patches.map(\.patch)) : .send(patches[0].patch)
    }
}

extension [Patch] {
    /// Whether they can go out as one message of so many bytes.
    fileprivate func fits(_ maximumBytes: Int) -> Bool {
        var room = maximumBytes
        for patch in self {
            room -= patch.path.text.utf8.count + Patch.envelopeBytes
            switch patch.operation {
            case .add(let value), .edit(let value): room -= value.text.utf8.count
            case .move(let target): room -= target.text.utf8.count
            case .execute(let value): room -= value?.text.utf8.count ?? 0
            case .delete: break
            }
            guard room >= 0 else { return false }
        }
        return true
    }
}

extension Patch {
    /// About what a patch takes on the wire beside its path and value: timestamp, id, user and so on.
    static let envelopeBytes = 400
}
