public import TreenityProtocol

extension Change {
    /// What the change replaced or removed: for an `EDIT` of a node an object of the leaves that had other values, for a
    /// property its value, for a `DELETE` all that was there and loaded; `nil`: nothing.
    ///
    /// - Parameter tree: the replica as the change left it.
    /// - Complexity: O(number of effects × length of the path), and O(what was removed).
    public func previous(in tree: Replica) -> JSONValue? {
        switch patch.operation {
        case .move, .execute: return nil
        case .delete:
            switch effects.first {
            case .removed(let subtree): return subtree.json(in: tree)
            case .property(let property): return property.old?.value
            case .added, .moved, .count, nil: return nil
            }
        case .add, .edit: return replaced(in: tree)
        }
    }

    private func replaced(in tree: Replica) -> JSONValue? {
        var leaves: [Leaf] = []
        let top = tree.node(at: patch.path)
        for case .property(let property) in effects {
            guard let old = property.old else { continue }
            guard let top else { return old.value }
            let way = property.node == top ? [] : tree.path(of: property.node).names(from: patch.path) ?? []
            leaves.append(Leaf(way: (way + [property.name])[...], value: old.value))
        }
        return leaves.isEmpty ? nil : JSONValue(leaves)
    }
}

/// A value with the names that lead to it.
private struct Leaf {
    var way: ArraySlice<Name>
    let value: JSONValue
}

extension JSONValue {
    /// Nested objects of these leaves, in their order, each object where its first leaf is.
    fileprivate init(_ leaves: [Leaf]) {
        var members: [(name: Name, leaves: [Leaf])] = []
        var places: [Name: Int] = [:]
        for var leaf in leaves {
            guard let name = leaf.way.popFirst() else { continue }
            if let place = places[name] {
                members[place].leaves.append(leaf)
            } else {
                places[name] = members.count
                members.append((name, [leaf]))
            }
        }
        self = .object(
            members.map { name, leaves in
                let isValue = leaves.count == 1 && leaves[0].way.isEmpty
                return Member(key: name.text, value: isValue ? leaves[0].value : JSONValue(leaves))
            })
    }
}
