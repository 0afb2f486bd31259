import TreenityProtocol
import TreenityStore

extension Model {
    /// What commands that change the tree act on: a property where the inspector is in use, else the node.
    var selectedItem: Replica.Item? {
        guard let node = outline.node, tree.contains(node) else { return nil }
        if focus == .inspector, let name = inspectedProperty, tree.property(name, of: node) != nil {
            return .property(node, name)
        }
        if focus == .tree, case .property(node, let name) = outline.cursor, tree.property(name, of: node) != nil {
            return .property(node, name)
        }
        return .node(node)
    }

    func path(of item: Replica.Item) -> TreePath? {
        switch item {
        case .node(let node): tree.contains(node) ? tree.path(of: node) : nil
        case .property(let node, let name): tree.contains(node) ? tree.path(of: node).appending(name) : nil
        }
    }

    mutating func change(_ command: ChangeCommand) -> [Effect] {
        guard let item = selectedItem, let path = path(of: item) else {
            notice = .warning("this node is gone; move on to another one")
            return []
        }
        if focus == .inspector, inspectedProperty == nil, command != .addChild, command != .addSibling {
            notice = .information("no properties here; a adds one: name = value")
            return []
        }
        switch command {
        case .edit: beginEdit(item)
        case .addChild: beginAdd(under: node(of: item))
        case .addSibling: beginAdd(under: siblingParent(of: item))
        case .rename: begin(.rename(item), path.name?.text, isPossible: !path.isRoot, "the root has no other name")
        case .move: begin(.move(item), path.text, isPossible: !path.isRoot, "the root cannot be moved")
        case .delete: askToDelete(item, path)
        case .cut: cut(item, path)
        case .pasteChild: return paste(into: node(of: item))
        case .pasteSibling: return paste(into: siblingParent(of: item))
        }
        return []
    }

    private func node(of item: Replica.Item) -> NodeID {
        switch item {
        case .node(let node), .property(let node, _): node
        }
    }

    private func siblingParent(of item: Replica.Item) -> NodeID {
        switch item {
        case .node(let node): tree.parent(of: node) ?? node
        case .property(let node, _): node
        }
    }

    // MARK: Beginning

    private mutating func begin(
        _ purpose: Prompt.Purpose, _ text: String?, isPossible: Bool = true, _ complaint: String = ""
    ) {
        guard isPossible else {
            notice = .warning(complaint)
            return
        }
        var prompt = Prompt(purpose: purpose, field: TextField(drafts[purpose] ?? text ?? ""))
        prompt.pane = focus
        if drafts[purpose] != nil { prompt.complaint = "your draft; ^U clears it" }
        dialog = .prompt(prompt)
    }

    private mutating func beginEdit(_ item: Replica.Item) {
        guard case .property(let node, let name) = item, let property = tree.property(name, of: node) else {
            beginEditOfNode(node(of: item))
            return
        }
        begin(.editProperty(node, name), property.value.string ?? property.value.text)
        guard case .prompt(var prompt) = dialog else { return }
        prompt.base = property.value
        dialog = .prompt(prompt)
    }

    /// From the tree, editing goes to the property that tells most about the node.
    private mutating func beginEditOfNode(_ node: NodeID) {
        let properties = tree.properties(of: node)
        guard !properties.isEmpty else {
            notice = .information("no properties here yet; a adds one: name = value")
            return
        }
        let telling = settings.tellingProperties.lazy.compactMap { key in
            properties.first { $0.name.text == key }
        }.first
        if !properties.contains(where: { $0.name == chosenProperty }) {
            chosenProperty = (telling ?? properties[0]).name
        }
        layout.hidden.remove(.inspector)
        layout.maximized = nil
        if let name = inspectedProperty { beginEdit(.property(node, name)) }
        focus = .inspector
    }

    private mutating func beginAdd(under node: NodeID) {
        begin(.add(under: node), "")
    }

    private mutating func askToDelete(_ item: Replica.Item, _ path: TreePath) {
        guard !path.isRoot else {
            notice = .warning("the root cannot be deleted")
            return
        }
        guard now.milliseconds - cursorDisturbed.milliseconds > Model.settlingTime else {
            notice = .warning("what is under the cursor has just changed: look again")
            return
        }
        var question = "delete \(path.text)"
        if case .node(let node) = item {
            let below = tree.subtreeCount(of: node) - 1
            if below > 0 { question += " and the \(below) node\(below == 1 ? "" : "s") below it" }
        }
        dialog = .confirmation(Confirmation(question: question + "?", action: .delete(item)))
    }

    /// How long a destructive key is held back after something else came under the cursor, in milliseconds.
    private static let settlingTime: Int64 = 400

    private mutating func cut(_ item: Replica.Item, _ path: TreePath) {
        guard !path.isRoot else {
            notice = .warning("the root cannot be moved")
            return
        }
        cutItem = item
        notice = .information("cut \(path.text): p pastes it below the cursor, P beside it, Esc lets go")
    }

    private mutating func paste(into parent: NodeID) -> [Effect] {
        guard let item = cutItem, let source = path(of: item), let name = source.name else {
            notice = .information("nothing is cut; x cuts")
            return []
        }
        guard send(.move(to: tree.path(of: parent).appending(name)), source) else { return [] }
        cutItem = nil
        follow(item)
        return flush()
    }

    /// The cursor goes along with what was just moved.
    private mutating func follow(_ item: Replica.Item) {
        if case .node(let node) = item { outline.go(to: node, in: tree) }
    }

    // MARK: Sending

    /// Makes an edit: shows it at once, and hands it out to be sent. `false`: it is impossible; the user was told.
    mutating func send(_ operation: Patch.Operation, _ path: TreePath) -> Bool {
        guard mayChange() else { return false }
        let patch = Patch(
            operation, path, timestamp: replica.timestamp(now: serverNow),
            meta: ["user": .string(settings.user)], id: nextID())
        do {
            let change = try replica.edit(patch, now: serverNow)
            note(change, cursorName: nil)
            outbox += replica.pending.suffix(1).flatMap(\.patches).map(\.patch)
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
        return outbox.map(Effect.send)
    }

    mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
        dialog = nil
        guard key == .character("y") || key == .character("Y") else {
            notice = .information("nothing was done")
            return []
        }
        switch confirmation.action {
        case .quit:
            return [.quit]
        case .delete(let item):
            guard let path = path(of: item) else {
                notice = .warning("it is gone already")
                return []
            }
            let next = neighbour(of: item)
            guard send(.delete, path) else { return [] }
            if let next { outline.go(to: next, in: tree) }
            return flush()
        }
    }

    /// Where the cursor goes when the user deletes what it stands on.
    private mutating func neighbour(of item: Replica.Item) -> NodeID? {
        guard case .node(let node) = item else { return nil }
        return outline.sibling(of: node, by: 1, in: tree) ?? outline.sibling(of: node, by: -1, in: tree)
            ?? tree.parent(of: node)
    }
}
