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
        guard isUnlocked() else { return [] }
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
        case .move: if hasSettled() { beginMove(item, path) }
        case .delete: askToDelete()
        case .cut: cut()
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
        begin(purpose, text)
    }

    /// Asks for a line, or goes on with what was left unfinished.
    mutating func begin(_ purpose: Prompt.Purpose, _ text: String?) {
        let draft = draft(for: purpose)
        var prompt = Prompt(purpose: purpose, field: TextField(draft?.text ?? text ?? ""))
        (prompt.draftKey, prompt.original, prompt.pane) = (draftKey(for: purpose), text, focus)
        prompt.field.kills = editing.kills
        if draft != nil { prompt.complaint = "your draft; ^U clears it" }
        dialog = .prompt(prompt)
    }

    private mutating func beginEdit(_ item: Replica.Item) {
        guard case .property(let node, let name) = item, tree.property(name, of: node) != nil else {
            beginEditOfNode(node(of: item))
            return
        }
        edit(EditSubject(item, in: tree))
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

    private mutating func beginMove(_ item: Replica.Item, _ path: TreePath) {
        let isMany = !markedNodes.isEmpty
        begin(
            .move(item), isMany ? path.parent?.text : path.text, isPossible: isMany || !path.isRoot,
            "the root cannot be moved")
    }

    private mutating func beginAdd(under node: NodeID) {
        begin(.add(under: node), "")
    }
}
