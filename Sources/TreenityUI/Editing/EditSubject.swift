import TreenityProtocol
import TreenityStore

/// What an edit is about: a property, or a node with all below it. It follows what moves, and outlives its deletion.
struct EditSubject: Hashable, Sendable {
    /// `nil`: it is gone, or not known.
    var node: NodeID?
    /// The property of it; `nil`: the node itself.
    var name: Name?
    /// Where it is, or was last.
    var path: TreePath

    init(_ item: Replica.Item, in tree: Replica) {
        switch item {
        case .node(let node):
            self.node = node
            path = tree.path(of: node)
        case .property(let node, let name):
            self.node = node
            self.name = name
            path = tree.path(of: node).appending(name)
        }
    }

    /// What a draft is about, whether it is there or not.
    init(_ draft: Draft, in tree: Replica) {
        path = draft.path
        name = draft.kind == .node ? nil : draft.path.name
        find(in: tree)
    }

    /// Under which what is unfinished is kept.
    var draftKey: Draft.Key { Draft.Key(kind: name == nil ? .node : .value, path: path) }

    /// Looks where it is now.
    mutating func find(in tree: Replica) {
        if let node, tree.contains(node) {
            path = name.map { tree.path(of: node).appending($0) } ?? tree.path(of: node)
        } else {
            node = (name == nil ? path : path.parent).flatMap(tree.node(at:))
        }
    }

    /// A patch was applied: a property may have another name and node.
    mutating func follow(_ patch: Patch, in tree: Replica) {
        if case .move(let target) = patch.operation, name != nil, patch.path == path {
            (node, name, path) = (nil, target.name, target)
        }
        find(in: tree)
    }

    /// What is there now; `nil`: nothing.
    func value(in tree: Replica) -> JSONValue? {
        guard let node, tree.contains(node) else { return nil }
        guard let name else { return tree.json(of: node) }
        return tree.property(name, of: node)?.value ?? tree.child(name, of: node).map { tree.json(of: $0) }
    }

    /// Whether a change has to do with it.
    func isTouched(by change: PropertyChange, in tree: Replica) -> Bool {
        guard let node else { return false }
        if let name { return change.node == node && change.name == name }
        return tree.contains(node) && tree.contains(change.node) && tree.isNode(change.node, within: node)
    }
}
