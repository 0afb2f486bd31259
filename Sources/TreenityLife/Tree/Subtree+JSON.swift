import TreenityProtocol

extension Subtree {
    /// What a value holds where it is an object, and names below it that are none are left out; `nil` for other values.
    init?(_ value: JSONValue?) {
        guard let members = value?.members else { return nil }
        self.init(
            members.compactMap { member in
                guard let name = try? Name(member.key) else { return nil }
                return Entry(name: name, item: Subtree(member.value).map(Item.node) ?? .property(member.value))
            })
    }

    /// The node as a JSON object.
    var json: JSONValue {
        .object(
            entries.map { entry in
                switch entry.item {
                case .property(let value): JSONValue.Member(key: entry.name.text, value: value)
                case .node(let node): JSONValue.Member(key: entry.name.text, value: node.json)
                }
            })
    }
}
