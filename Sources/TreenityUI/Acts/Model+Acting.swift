import TreenityProtocol
import TreenityStore

extension Model {
    mutating func act(_ command: ActCommand) -> [Effect] {
        switch command {
        case .mark: mark()
        case .markRange: markRange()
        case .copySubtree: return copySubtrees()
        case .copyValue: return copyText(of: "value") { $0.valueText($1) }
        case .copyPath: return copyText(of: "path") { $0.path(of: $1)?.text }
        case .copyKey: return copyText(of: "name") { $0.path(of: $1)?.name?.text }
        case .copyNode: return copyNodes()
        case .undo: askToGo(.undo)
        case .redo: askToGo(.redo)
        case .execute: askToExecute()
        case .showRefused: showRefused()
        case .toggleLock: toggleLock()
        }
        return []
    }

    mutating func kept(_ event: KeptEvent) -> [Effect] {
        switch event {
        case .register(let clipping): return registerRead(clipping)
        case .place(let place):
            goBack(to: place)
            return []
        case .undo(let stack, let epoch):
            acts.earlierUndo = (epoch, stack)
            return []
        }
    }

    /// What commands are for: all that is marked, without what lies below something else that is; else what is selected.
    var targets: [Replica.Item] {
        let marked = topmostMarked
        return marked.isEmpty ? [selectedItem].compactMap(\.self) : marked.map { .node($0) }
    }

    /// The marked nodes that are there.
    var markedNodes: [NodeID] { acts.marked.filter(tree.contains) }

    private var topmostMarked: [NodeID] {
        let marked = markedNodes
        guard marked.count > 1 else { return marked }
        let all = Set(marked)
        return marked.filter { node in !tree.ancestors(of: node).contains(where: all.contains) }
    }

    /// Whether a key that may destroy something means what the user has seen. Otherwise the user is told.
    mutating func hasSettled() -> Bool {
        guard now.milliseconds - cursorDisturbed.milliseconds > Model.settlingTime else {
            notice = .warning("what is under the cursor has just changed: look again")
            return false
        }
        return true
    }

    /// How long a destructive key is held back after something else came under the cursor, in milliseconds.
    private static let settlingTime: Int64 = 400

    /// Asks a question that another key than the last one confirms.
    mutating func ask(_ question: String, _ action: Confirmation.Action) {
        dialog = .confirmation(Confirmation(question: question, action: action, answer: confirmingKey))
    }

    /// The key that confirms what the last one asked for.
    var confirmingKey: Character { acts.askingKey == .character("y") ? "Y" : "y" }

    /// Whether a key confirms: not the one that asked.
    func confirms(_ key: Key) -> Bool {
        key != acts.askingKey && (key == .character("y") || key == .character("Y"))
    }

    mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
        dialog = nil
        guard confirms(key) else {
            notice = .information("nothing was done")
            return []
        }
        acts.askingKey = key
        switch confirmation.action {
        case .quit: return [.quit]
        case .delete(let items, let said): return delete(items, said: said)
        }
    }

    /// Whether a patch is one of this user's own, of this run or an earlier one.
    func isOwn(_ patch: Patch) -> Bool {
        guard let id = patch.id else {
            // A bare server may drop ids.
            return connection.session?.welcome == nil && patch.sender == settings.user
        }
        return id.hasPrefix(settings.idPrefix) || acts.restored.contains(id)
    }

    func hasMarked(of subtree: RemovedSubtree) -> Bool {
        !acts.marked.isEmpty && !Set(acts.marked).isDisjoint(with: subtree.ids)
    }

    mutating func forgetLost() { acts.forgetLost(in: replica.tree) }
}
