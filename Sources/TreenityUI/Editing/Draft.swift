public import TreenityProtocol

/// What somebody typed and has not saved: kept until it is, whatever becomes of the node, the connection or the program.
public struct Draft: Hashable, Sendable {
    /// What the text is for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A property's value.
        case value
        /// A node with all below it, as JSON.
        case node
        /// What is to be added below a node.
        case addition
        /// Another name for a node or property.
        case name
    }

    /// What the text is for.
    public var kind: Kind
    /// What it is about; it follows what moves.
    public var path: TreePath
    /// The text as it was typed.
    public var text: String
    /// What was there when the edit began; `nil`: nothing, or it does not matter.
    public var base: JSONValue?
    /// When it was typed.
    public var time: Timestamp

    /// A draft of these parts.
    public init(kind: Kind, path: TreePath, text: String, base: JSONValue?, time: Timestamp) {
        self.kind = kind
        self.path = path
        self.text = text
        self.base = base
        self.time = time
    }
}

extension Draft {
    /// As JSON, to be kept in a file.
    public var json: JSONValue {
        var members = [
            JSONValue.Member(key: "kind", value: .string(kind.rawValue)),
            JSONValue.Member(key: "path", value: .string(path.text)),
            JSONValue.Member(key: "text", value: .string(text)),
            JSONValue.Member(key: "time", value: .integer(time.milliseconds)),
        ]
        if let base { members.append(JSONValue.Member(key: "base", value: base)) }
        return .object(members)
    }

    /// Reads what ``json`` gives; `nil` for anything else.
    public init?(_ json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let path = json["path"]?.string.flatMap({ try? TreePath(parsing: $0) }),
            let text = json["text"]?.string, let time = json["time"]?.integer
        else { return nil }
        self.init(kind: kind, path: path, text: text, base: json["base"], time: Timestamp(milliseconds: time))
    }
}
