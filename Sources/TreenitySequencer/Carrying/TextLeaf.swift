import TreenityProtocol

/// A text edit in the value of an `EDIT`.
struct TextLeaf {
    /// The names that lead to it; none where the edit is the value.
    let way: [Name]
    let edit: TextEdit
}

extension JSONValue {
    /// Whether a text edit may stand in this value of an `EDIT`. O(length), without taking anything apart.
    var mayHoldTextEdit: Bool { isObject && text.utf8.contains(UInt8(ascii: "$")) && holdsTextKey }

    private var holdsTextKey: Bool {
        let key = "\"\(TextEdit.key)\":"
        var rest = text.utf8[...]
        while let place = rest.firstIndex(of: UInt8(ascii: "$")) {
            if place > rest.startIndex, text.utf8[text.utf8.index(before: place)...].starts(with: key.utf8) {
                return true
            }
            rest = rest[text.utf8.index(after: place)...]
        }
        return false
    }

    /// The text edits in nested objects, in order; `nil` where `$text` stands in an object that is none.
    var textLeaves: [TextLeaf]? {
        var leaves: [TextLeaf] = []
        return collectTextLeaves(from: [], into: &leaves) ? leaves : nil
    }

    private func collectTextLeaves(from way: [Name], into leaves: inout [TextLeaf]) -> Bool {
        guard mayHoldTextEdit, let members else { return true }
        if let edit = TextEdit(self) {
            leaves.append(TextLeaf(way: way, edit: edit))
            return true
        }
        return members.allSatisfy { member in
            guard member.key != TextEdit.key, let name = try? Name(member.key) else { return false }
            return member.value.collectTextLeaves(from: way + [name], into: &leaves)
        }
    }

    /// This value with others in the places of its text edits, in order; `nil` in the place of one leaves it out.
    func replacingTextEdits(by edits: inout ArraySlice<TextEdit?>) -> JSONValue? {
        guard mayHoldTextEdit, let members else { return self }
        if TextEdit(self) != nil { return edits.popFirst()??.json }
        return .object(
            members.compactMap { member in
                member.value.replacingTextEdits(by: &edits).map { Member(key: member.key, value: $0) }
            })
    }
}
