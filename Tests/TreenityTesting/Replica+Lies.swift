public import TreenityProtocol
public import TreenityStore

extension Replica {
    /// What this tree, of which parts are not loaded, says that is not so in the whole one; nothing where all is true.
    ///
    /// - Parameter excluded: what lies there is not looked at.
    public func lies(about whole: Replica, excluding excluded: [TreePath] = []) -> [String] {
        subtree(of: root).flatMap { node -> [String] in
            let path = path(of: node)
            guard !excluded.contains(where: path.isWithin) else { return [] }
            guard let other = whole.node(at: path) else {
                return isUnknown(node) ? [] : ["\(path) is no node"]
            }
            return propertyLies(of: node, other, in: whole) + childLies(of: node, other, in: whole)
        }
    }

    private func propertyLies(of node: NodeID, _ other: NodeID, in whole: Replica) -> [String] {
        let own = properties(of: node).map { "\($0.name) = \($0.value)" }
        let actual = whole.properties(of: other).map { "\($0.name) = \($0.value)" }
        let mayLackSome = isDoubtful(node) || hasUnknownChildren(node)
        let isTrue = mayLackSome ? Set(own).isSubset(of: actual) : own == actual
        return isTrue ? [] : ["\(path(of: node)) has \(own), not \(actual)"]
    }

    private func childLies(of node: NodeID, _ other: NodeID, in whole: Replica) -> [String] {
        let count = whole.childCount(of: other)
        guard isLoaded(node) else {
            guard !isDoubtful(node), childCount(of: node) != count else { return [] }
            return ["\(path(of: node)) has \(childCount(of: node)) children, not \(count)"]
        }
        let own = children(of: node).filter { !isUnknown($0) }.map { name(of: $0) }
        let actual = whole.children(of: other).map { whole.name(of: $0) }.filter { name in
            child(name, of: node).map { !isUnknown($0) } ?? true
        }
        guard own == actual else { return ["\(path(of: node)) has the children \(own), not \(actual)"] }
        guard childCount(of: node) != count, !hasUnknownChildren(node) else { return [] }
        return ["\(path(of: node)) has \(childCount(of: node)) children, not \(count)"]
    }

    private func hasUnknownChildren(_ node: NodeID) -> Bool { children(of: node).contains { isUnknown($0) } }
}
