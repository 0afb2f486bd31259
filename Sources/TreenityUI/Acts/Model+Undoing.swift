import TreenityProtocol
import TreenityStore

extension Model {
    /// Shows what an undo or a redo would do.
    mutating func askToGo(_ direction: UndoStack.Direction) {
        guard mayChange(), isUnlocked() else { return }
        guard let plan = acts.undo.plan(direction, in: tree) else {
            notice = .information(direction == .undo ? "there is nothing to undo" : "there is nothing to redo")
            return
        }
        if let unknown = plan.patches.map(\.path).first(where: { !replica.tree.approach(to: $0).isEmpty }) {
            loading.awaited = AwaitedPlace(unknown)
            notice = .warning("\(unknown) is not loaded; it comes now: press the key again")
            return
        }
        dialog = .act(.sheet(Sheet(.plan(direction, plan))))
    }

    /// The user has agreed to a plan. Where it would do something else by now, that is shown instead.
    mutating func go(_ direction: UndoStack.Direction, agreedTo plan: UndoPlan) -> [Effect] {
        guard let now = acts.undo.plan(direction, in: tree) else { return [] }
        guard now == plan else {
            dialog = .act(.sheet(Sheet(.plan(direction, now))))
            notice = .warning("somebody has changed it just now: look again")
            return []
        }
        let id = nextID()
        guard let patches = acts.undo.begin(direction, id: id) else { return [] }
        guard send(patches, id: id) else {
            acts.undo.refused(id)
            return []
        }
        if let place = patches.first?.place(in: tree) { outline.go(to: place, in: tree) }
        notice = .information(direction == .undo ? "undone; ^R does it again" : "done again; u takes it back")
        return flush()
    }
}

extension Patch {
    /// The node that is there after it, to which the cursor goes.
    fileprivate func place(in tree: Replica) -> NodeID? {
        var place: TreePath? = path
        if case .move(let target) = operation { place = target }
        while let path = place {
            switch tree.item(at: path) {
            case .node(let node), .property(let node, _): return node
            case nil: place = path.parent
            }
        }
        return nil
    }
}
