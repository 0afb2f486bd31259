extension TextEdit {
    /// The key by which an object is known as a text edit.
    public static let key = "$text"
    /// What the canonical text of every edit starts with, so that other objects need not be taken apart.
    private static let opening = "{\"$text\":"

    /// Reads `{"$text": [ops]}`; `nil` for anything else.
    public init?(_ value: JSONValue) {
        guard value.text.utf8.starts(with: TextEdit.opening.utf8), let members = value.members, members.count == 1,
            let list = members[0].value.elements
        else { return nil }
        steps = []
        steps.reserveCapacity(list.count)
        for element in list {
            guard let step = Step(element) else { return nil }
            steps.append(step)
        }
    }

    /// The edit as it is written on the wire, which has no empty counts.
    public var json: JSONValue {
        let list = steps.compactMap { step -> JSONValue? in
            switch step {
            case .keep(let count): count > 0 ? .integer(count) : nil
            case .insert(let text): .string(text)
            case .delete(let count): count > 0 ? ["d": .integer(count)] : nil
            }
        }
        return [TextEdit.key: .array(list)]
    }
}

extension TextEdit.Step {
    /// One element of the list.
    fileprivate init?(_ element: JSONValue) {
        if let count = element.integer, count > 0 {
            self = .keep(Int(clamping: count))
        } else if let text = element.string {
            self = .insert(text)
        } else if let members = element.members, members.count == 1, members[0].key == "d",
            let count = members[0].value.integer, count > 0
        {
            self = .delete(Int(clamping: count))
        } else {
            return nil
        }
    }
}
