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
        /// Those of them that the server has sent on: whatever it says of them now, they were taken.
        var taken: Set<String> = []
        var hasFailed = false
    }

    private let outbox: OutboxFile?
    private let state: Mutex<State>
    /// What an earlier run left; `nil`: nothing.
    let restored: ConnectionEvent?

    init(_ outbox: OutboxFile?) {
        self.outbox = outbox
        let contents = outbox?.contents ?? OutboxContents()
        let unanswered = contents.unanswered
        state = Mutex(State(ids: Set(unanswered.map(\.id))))
        let epoch = unanswered.compactMap(\.epoch).last
        let edits = unanswered.map { edit in
            var patches = edit.patches
            // A place in another order means nothing.
            if edit.epoch != epoch { for place in patches.indices { patches[place].base = nil } }
            return RestoredEdit(id: edit.id, isBatch: edit.isBatch, patches: patches)
        }
        let refused = contents.refused.flatMap { refused in refused.edit.patches.map { ($0, refused.refusal) } }
        restored = edits.isEmpty && refused.isEmpty ? nil : .restored(edits, epoch: epoch, refused: refused)
    }

    /// What was found wrong with what earlier runs left.
    var problems: [String] { outbox?.problems ?? [] }

    /// The user made an edit, which goes out after this.
    func made(_ patch: Patch) async -> String? {
        guard let id = patch.id else { return nil }
        let epoch = state.withLock { state in
            state.ids.insert(id)
            return state.epoch
        }
        return await keep([.edit(OutboxEdit(id: id, isBatch: false, patches: [patch], epoch: epoch))])
    }

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
        case .refused(let id, let refusal): return await refused(id, refusal)
        case .patches(let patches) where state.withLock({ $0.isBare }):
            // A bare server answers by sending on.
            return await settled(patches.compactMap(\.id))
        case .patches(let patches):
            state.withLock { state in
                guard !state.ids.isEmpty else { return }
                for case let id? in patches.map(\.id) where state.ids.contains(id) { state.taken.insert(id) }
            }
        case .state, .snapshot, .resumed, .tree, .reached, .result, .history, .found, .presence, .latency,
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
