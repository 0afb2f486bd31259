import Synchronization
import TreenityClient
import TreenityProtocol
import TreenityUI

/// Keeps the user's edits in a file until the server has answered them.
///
/// Every call gives what the user should know of, once: that the edits are not kept.
final class EditKeeper: Sendable {
    private struct State {
        var epoch: String?
        var isBare = false
        /// Edits that are kept.
        var ids: Set<String>
        /// Of the patches of kept batches, the batches' own.
        var batches: [String: String] = [:]
        /// Those of them that the server has sent on: whatever it says of them now, they were taken.
        var taken: Set<String> = []
        var hasFailed = false

        /// The edits that patches belong to.
        func edits(of patches: [Patch]) -> [String] { patches.compactMap(\.id).map { batches[$0] ?? $0 } }
    }

    private let outbox: OutboxFile?
    private let state: Mutex<State>
    /// What an earlier run left; `nil`: nothing.
    let restored: ConnectionEvent?

    init(_ outbox: OutboxFile?) {
        self.outbox = outbox
        let contents = outbox?.contents ?? OutboxContents()
        let unanswered = contents.unanswered
        var state = State(ids: Set(unanswered.map(\.id)))
        for edit in unanswered where edit.isBatch {
            for case let id? in edit.patches.map(\.id) { state.batches[id] = edit.id }
        }
        self.state = Mutex(state)
        let epoch = unanswered.compactMap(\.epoch).last
        let edits = unanswered.map { edit in
            var patches = edit.patches
            // A place in another order means nothing.
            if edit.epoch != epoch { for place in patches.indices { patches[place].base = nil } }
            return RestoredEdit(id: edit.id, isBatch: edit.isBatch, patches: patches)
        }
        let refused = contents.refused.map { refused in
            let edit = refused.edit
            return RestoredRefusal(
                RestoredEdit(id: edit.id, isBatch: edit.isBatch, patches: edit.patches), refused.refusal)
        }
        restored = edits.isEmpty && refused.isEmpty ? nil : .restored(edits, epoch: epoch, refused: refused)
    }

    /// What was found wrong with what earlier runs left.
    var problems: [String] { outbox?.problems ?? [] }

    /// The user made an edit, which goes out after this.
    func made(_ frame: ClientFrame) async -> String? {
        let epoch = state.withLock(\.epoch)
        guard let edit = OutboxEdit(frame, epoch: epoch) else { return nil }
        state.withLock { state in
            state.ids.insert(edit.id)
            guard edit.isBatch else { return }
            for case let id? in edit.patches.map(\.id) { state.batches[id] = edit.id }
        }
        return await keep([.edit(edit)])
    }

    /// The user wants nothing more of an edit that was refused.
    func drop(_ id: String) async -> String? { await keep([.dropped(id)]) }

    /// Something came from the server.
    func received(_ event: SessionEvent) async -> String? {
        switch event {
        case .state(.live(let session)):
            state.withLock { state in
                // What another tree has taken means nothing.
                if state.epoch != session.welcome?.epoch { state.taken = [] }
                (state.epoch, state.isBare) = (session.welcome?.epoch, session.isBare)
            }
        case .acknowledged(let acknowledgement): return await settled([acknowledgement.id])
        case .result(let id, _): return await settled([id])
        case .refused(let id, let refusal): return await refused(id, refusal)
        case .patches(let patches) where state.withLock({ $0.isBare }):
            // A bare server answers by sending on.
            return await settled(state.withLock { $0.edits(of: patches) })
        case .patches(let patches):
            state.withLock { state in
                guard !state.ids.isEmpty else { return }
                state.taken.formUnion(state.edits(of: patches).filter(state.ids.contains))
            }
        case .state, .snapshot, .resumed, .tree, .reached, .history, .found, .presence, .latency,
            .problem:
            break
        }
        return nil
    }

    /// An edit was refused: it is kept with the reason.
    func refused(_ id: String?, _ refusal: Refusal) async -> String? {
        guard let id else { return nil }
        if state.withLock({ $0.taken.contains(id) }) { return await settled([id]) }
        guard state.withLock({ $0.ids.remove(id) }) != nil else { return nil }
        return await keep([.refused(id, refusal)])
    }

    /// An edit will have no answer.
    func forget(_ id: String) async -> String? { await settled([id]) }

    func close() { outbox?.close() }

    private func settled(_ ids: [String]) async -> String? {
        let known = state.withLock { state in
            state.taken.subtract(ids)
            if !state.batches.isEmpty { state.batches = state.batches.filter { !ids.contains($0.value) } }
            return ids.filter { state.ids.remove($0) != nil }
        }
        return known.isEmpty ? nil : await keep(known.map { .settled($0) })
    }

    private func keep(_ records: [OutboxRecord]) async -> String? {
        guard let outbox else { return nil }
        do throws(OutboxError) {
            try await outbox.keep(records)
            state.withLock { $0.hasFailed = false }
        } catch {
            let isFirst = state.withLock { state in
                defer { state.hasFailed = true }
                return !state.hasFailed
            }
            return isFirst ? "edits would not survive a crash: \(error)" : nil
        }
        return nil
    }
}
