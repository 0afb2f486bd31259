/// An edit of a string in place: `{"$text": [ops]}`. Positions and lengths count Unicode scalar values.
public struct TextEdit: Hashable, Sendable {
    /// One step over the text.
    public enum Step: Hashable, Sendable {
        /// Passes over so many characters.
        case keep(Int)
        /// Inserts here.
        case insert(String)
        /// Removes the next so many characters.
        case delete(Int)
    }

    /// The steps from the text's start; what they do not reach is kept.
    public var steps: [Step]

    /// The key by which an object is known as a text edit.
    public static let key = "$text"
    /// What the canonical text of every edit starts with, so that other objects need not be taken apart.
    private static let opening = "{\"$text\":"

    /// An edit of these steps.
    public init(_ steps: [Step]) {
        self.steps = steps
    }

    /// Reads `{"$text": [ops]}`; `nil` for anything else.
    public init?(_ value: JSONValue) {
        guard value.text.utf8.starts(with: TextEdit.opening.utf8), let members = value.members, members.count == 1,
            let list = members[0].value.elements
        else { return nil }
        steps = []
        for element in list {
            if let count = element.integer, count > 0 {
                steps.append(.keep(Int(count)))
            } else if let text = element.string {
                steps.append(.insert(text))
            } else if let members = element.members, members.count == 1, members[0].key == "d",
                let count = members[0].value.integer, count > 0
            {
                steps.append(.delete(Int(count)))
            } else {
                return nil
            }
        }
    }

    /// The edit as it is written on the wire.
    public var json: JSONValue {
        let list = steps.map { step -> JSONValue in
            switch step {
            case .keep(let count): .integer(count)
            case .insert(let text): .string(text)
            case .delete(let count): ["d": .integer(count)]
            }
        }
        return [TextEdit.key: .array(list)]
    }
}

extension TextEdit {
    /// The text after the edit; `nil` where the edit reaches beyond the text's end. O(length).
    public func applied(to text: String) -> String? {
        var rest = Substring(text).unicodeScalars
        var edited = String.UnicodeScalarView()
        for step in steps {
            switch step {
            case .insert(let text):
                edited.append(contentsOf: text.unicodeScalars)
            case .keep(let count), .delete(let count):
                guard let end = rest.index(rest.startIndex, offsetBy: count, limitedBy: rest.endIndex) else {
                    return nil
                }
                if case .keep = step { edited.append(contentsOf: rest[..<end]) }
                rest = rest[end...]
            }
        }
        edited.append(contentsOf: rest)
        return String(edited)
    }
}
