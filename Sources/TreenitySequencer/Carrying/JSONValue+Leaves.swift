import TreenityProtocol

extension JSONValue {
    /// The addresses of all members in nested objects, below the address of this value; text edits are leaves.
    func addresses(below path: TreePath) -> Set<TreePath> {
        var addresses: Set<TreePath> = []
        forEachMember(from: []) { way, _ in addresses.insert(path.appending(way)) }
        return addresses
    }

    /// The ways to the leaves of nested objects; an empty object is a leaf.
    var leaves: [[Name]] {
        var leaves: [[Name]] = []
        forEachMember(from: []) { way, isLeaf in
            if isLeaf { leaves.append(way) }
        }
        return leaves
    }

    private func forEachMember(from way: [Name], _ body: ([Name], _ isLeaf: Bool) -> Void) {
        guard TextEdit(self) == nil, let members else { return }
        for member in members {
            guard let name = try? Name(member.key) else { continue }
            let isLeaf = !member.value.isObject || member.value == .emptyObject || TextEdit(member.value) != nil
            body(way + [name], isLeaf)
            if !isLeaf { member.value.forEachMember(from: way + [name], body) }
        }
    }
}
