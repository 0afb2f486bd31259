import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Exchange {
    mutating func receive(_ frame: ClientFrame, in visit: inout Visit) {
        switch frame {
        case .patch(let patch): propose(.patch(patch), in: &visit)
        case .batch(let id, let patches): propose(.batch(id: id, patches), in: &visit)
        case .subscribe, .unsubscribe, .presence, .find, .history, .result:
            if visit.session.dialect == .frames {
                receive(inSession: frame, in: &visit)
            } else {
                visit.refuse(nil, Refusal(.invalidPatch, "a bare connection takes patches only"))
            }
        }
    }

    private mutating func receive(inSession frame: ClientFrame, in visit: inout Visit) {
        switch frame {
        case .patch, .batch: break
        case .subscribe(let subscription): subscribe(subscription, in: &visit)
        case .unsubscribe(let id): unsubscribe(id, in: &visit)
        case .presence(let path):
            visit.session.presence = path
            visit.reaction.movesPresence = true
        case .find(let query):
            let limit = min(query.limit ?? 100, limits.maximumFound)
            send(Search(query, limit: limit, in: sequencer.tree), in: &visit)
        case .history(let query):
            visit.refuse(query.id, Refusal(.unavailable, "this server keeps no history", path: query.path))
        case .result(let id, _):
            visit.refuse(id, Refusal(.noAction, "no action waits for this result"))
        }
    }

    private mutating func subscribe(_ subscription: Subscription, in visit: inout Visit) {
        if case .property = sequencer.tree.item(at: subscription.path) {
            let reason = "\(subscription.path) is a property, and a subscription is for a node"
            visit.refuse(subscription.id, Refusal(.typeMismatch, reason, path: subscription.path))
            return
        }
        let subscriptions = visit.session.subscriptions
        guard subscriptions[subscription.id] != nil || subscriptions.count < limits.maximumSubscriptions else {
            let reason = "a session has at most \(limits.maximumSubscriptions) subscriptions"
            visit.refuse(subscription.id, Refusal(.tooLarge, reason))
            return
        }
        send(SnapshotSource(subscription, of: sequencer.tree, at: sequencer.seq), in: &visit)
        changeView(in: &visit) { $0[subscription.id] = subscription.path }
    }

    private mutating func unsubscribe(_ id: String, in visit: inout Visit) {
        guard visit.session.subscriptions[id] != nil else {
            visit.refuse(id, Refusal(.notFound, "there is no such subscription"))
            return
        }
        deliver(&visit)
        changeView(in: &visit) { $0[id] = nil }
    }

    /// - Precondition: everything that was decided is delivered.
    private mutating func changeView(in visit: inout Visit, _ change: (inout [String: TreePath]) -> Void) {
        let old = visit.session.view
        change(&visit.session.subscriptions)
        move(visit.id, visit.session.dialect, from: old, to: visit.session.view)
    }

    /// Sends what stands for the tree as it is now, behind all that made it so.
    private mutating func send(_ source: some FrameSource, in visit: inout Visit) {
        deliver(&visit)
        visit.reaction.deliveries.append(Delivery(to: [visit.id], .made(source)))
    }
}
