import TreenityProtocol

extension Subtree {
    /// The fewest steps that turn this content of a path into `newer`: one `EDIT` for each node whose properties differ,
    /// with those alone; one `ADD` for each new subtree; one `DELETE` for each subtree or property that is gone. A name
    /// that changes between property and node is deleted first. The order of the names is no difference.
    ///
    /// - Complexity: O(size of both).
    func difference(to newer: Subtree, at path: TreePath) -> [Step] {
        guard self != newer else { return [] }
        let before = itemsByName
        let after = newer.itemsByName
        var steps: [Step] = []
        for entry in entries where !entry.item.isSameKind(as: after[entry.name]) {
            steps.append(Step(.delete, path.appending(entry.name)))
        }
        var edited: [JSONValue.Member] = []
        var below: [Step] = []
        for entry in newer.entries {
            switch (before[entry.name], entry.item) {
            case (.node(let old), .node(let new)):
                below += old.difference(to: new, at: path.appending(entry.name))
            case (.property, .node(let new)), (nil, .node(let new)):
                below.append(Step(.add(new.json), path.appending(entry.name)))
            case (.property(let old), .property(let new)) where old == new:
                break
            case (_, .property(let new)):
                edited.append(JSONValue.Member(key: entry.name.text, value: new))
            }
        }
        if !edited.isEmpty { steps.append(Step(.edit(.object(edited)), path)) }
        return steps + below
    }

    private var itemsByName: [Name: Item] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.item) })
    }
}

extension Subtree.Item {
    fileprivate func isSameKind(as other: Subtree.Item?) -> Bool {
        switch (self, other) {
        case (.property, .property), (.node, .node): true
        case (.property, .node), (.node, .property), (_, nil): false
        }
    }
}
