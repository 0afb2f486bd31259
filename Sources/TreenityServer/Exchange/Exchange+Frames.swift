import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Exchange {
    mutating func receive(_ frame: ClientFrame, in visit: inout Visit) {
        switch frame {
        case .patch(let patch): propose(.patch(patch), in: &visit)
        case .batch(let id, let patches): propose(.batch(id: id, patches), in: &visit)
        case .subscribe, .unsubscribe, .presence, .find, .history, .result:
            guard visit.session.dialect == .frames else {
                return visit.refuse(nil, Refusal(.invalidPatch, "a bare connection takes patches only"))
            }
            let session = visit.session
            guard session.submitted == session.decided, session.deferred.isEmpty else {
                return visit.session.deferred.append(.init(frame: frame, after: session.submitted))
            }
            answer(frame, in: &visit)
        }
    }

    /// Answers from the tree as it is now.
    ///
    /// - Precondition: everything that was decided is delivered.
    mutating func answer(_ frame: ClientFrame, in visit: inout Visit) {
        switch frame {
        case .patch, .batch: break
        case .subscribe(let subscription): subscribe(subscription, in: &visit)
        case .unsubscribe(let id): unsubscribe(id, in: &visit)
        case .presence(let path):
            note(path, in: &visit)
        case .find(let query):
            guard let view = readableView(of: query.path, for: query.id, in: &visit) else { return }
            let limit = min(query.limit ?? 100, limits.maximumFound)
            visit.send(.made(Search(query, view, limit: limit, in: tree)))
        case .history(let query):
            guard readableView(of: query.path, for: query.id, in: &visit) != nil else { return }
            let limit = min(max(query.limit ?? 50, 1), limits.maximumHistory)
            // All that may be read, not the path alone: earlier addresses lie elsewhere.
            visit.send(.history(query, View(visit.session.rights.read), limit: limit))
        case .result(let id, _):
            visit.refuse(id, Refusal(.noAction, "no action waits for this result"))
        }
    }

    /// What the session may see at a path and below; `nil`: nothing, and it was told so.
    private func readableView(of path: TreePath, for id: String, in visit: inout Visit) -> View? {
        let view = View([path], within: visit.session.rights.read)
        guard view.isEmpty else { return view }
        visit.refuse(id, Refusal(.forbidden, "you have no right to read \(path)", path: path))
        return nil
    }

    // MARK: Subscriptions

    private mutating func subscribe(_ subscription: Subscription, in visit: inout Visit) {
        let (id, path) = (subscription.id, subscription.path)
        guard let view = readableView(of: path, for: id, in: &visit) else { return }
        if case .property = tree.item(at: path), view.sees(path) {
            let reason = "\(path) is a property, and a subscription is for a node"
            return visit.refuse(id, Refusal(.typeMismatch, reason, path: path))
        }
        let subscriptions = visit.session.subscriptions
        guard subscriptions[id] != nil || subscriptions.count < limits.maximumSubscriptions else {
            let reason = "a session has at most \(limits.maximumSubscriptions) subscriptions"
            return visit.refuse(id, Refusal(.tooLarge, reason))
        }
        if let missed = missed(subscription, view, visit.session) {
            visit.send(.made(missed))
        } else {
            visit.send(.made(SnapshotSource(subscription, view, of: tree, at: seq)))
        }
        changeView(in: &visit) { $0[id] = path }
    }

    /// What was missed since the place that the subscription names; `nil`: that is not known any more.
    private func missed(_ subscription: Subscription, _ view: View, _ session: Session) -> Replay? {
        guard let since = subscription.since, (start...seq).contains(since),
            subscription.epoch.map({ $0 == epoch(for: session) }) ?? true,
            let position = history.position(after: since), history.reach.contains(position)
        else { return nil }
        return Replay(subscription.id, view, of: tree, history, from: since, at: position, to: seq)
    }

    private mutating func unsubscribe(_ id: String, in visit: inout Visit) {
        guard visit.session.subscriptions[id] != nil else {
            return visit.refuse(id, Refusal(.notFound, "there is no such subscription"))
        }
        visit.flush()
        changeView(in: &visit) { $0[id] = nil }
    }

    private mutating func changeView(in visit: inout Visit, _ change: (inout [String: TreePath]) -> Void) {
        let old = visit.session.view
        change(&visit.session.subscriptions)
        move(visit.id, visit.session.dialect, from: old, to: visit.session.view)
    }
}
