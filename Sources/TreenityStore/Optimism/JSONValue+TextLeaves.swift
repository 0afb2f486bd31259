import TreenityProtocol

/// A text edit in the value of an `EDIT`.
struct TextLeaf {
    /// The names that lead to it; none where the edit is the value.
    let way: [Name]
    let edit: TextEdit
}

extension JSONValue {
    /// The text edits in nested objects, in order. O(length), without taking anything apart where there is none.
    var textLeaves: [TextLeaf] {
        guard isObject, text.utf8.contains(UInt8(ascii: "$")), let members else { return [] }
        if let edit = TextEdit(self) { return [TextLeaf(way: [], edit: edit)] }
        return members.flatMap { member -> [TextLeaf] in
            guard let name = try? Name(member.key) else { return [] }
            return member.value.textLeaves.map { TextLeaf(way: [name] + $0.way, edit: $0.edit) }
        }
    }

    /// This value with others in the places of its text edits, in order.
    func replacingTextLeaves(by edits: inout ArraySlice<TextEdit>) -> JSONValue {
        guard isObject, text.utf8.contains(UInt8(ascii: "$")), let members else { return self }
        if TextEdit(self) != nil { return edits.popFirst()?.json ?? self }
        return .object(
            members.map { Member(key: $0.key, value: $0.value.replacingTextLeaves(by: &edits)) })
    }
}

extension Patch {
    /// The text edits in an `EDIT`, in order.
    var textLeaves: [TextLeaf] {
        guard case .edit(let value) = operation else { return [] }
        return value.textLeaves
    }
}

extension Replica {
    /// The property that each of a patch's text edits edits; `nil`: none is there.
    func texts(of patch: Patch) -> [PropertyKey?] {
        patch.textLeaves.map { leaf in
            guard case .property(let node, let name) = item(at: patch.path.appending(leaf.way)) else { return nil }
            return PropertyKey(node: node, name: name)
        }
    }
}

/// A property, wherever its node is.
struct PropertyKey: Hashable, Sendable {
    var node: NodeID
    var name: Name
}

extension PropertyChange {
    var key: PropertyKey { PropertyKey(node: node, name: name) }
}
