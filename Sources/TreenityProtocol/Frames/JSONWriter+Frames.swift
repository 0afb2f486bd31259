extension JSONWriter {
    /// The members that each frame starts with.
    mutating func begin(_ type: String, id: String? = nil) {
        member("type", type)
        optional("id", id)
    }

    mutating func optional(_ key: StaticString, _ string: String?) {
        if let string { member(key, string) }
    }

    mutating func optional(_ key: StaticString, _ integer: Int64?) {
        if let integer { member(key, integer) }
    }

    mutating func optional(_ key: StaticString, _ value: JSONValue?) {
        if let value { member(key, value) }
    }

    mutating func flag(_ key: StaticString, _ isSet: Bool) {
        if isSet { member(key, JSONValue.boolean(true)) }
    }

    mutating func target(_ path: TreePath) {
        key("value")
        beginObject()
        member("to", path.text)
        endObject()
    }

    mutating func patches(_ patches: [Patch]) {
        key("patches")
        beginArray()
        for patch in patches {
            beginObject()
            patch.writeMembers(to: &self)
            endObject()
        }
        endArray()
    }
}

extension Patch {
    /// The patch as a message of its own: JSON in UTF-8.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("type", "PATCH")
        writer.optional("id", id)
        writer.member("operation", operation.name)
        writer.member("path", path.text)
        switch operation {
        case .add(let value), .edit(let value): writer.member("value", value)
        case .move(let target): writer.target(target)
        case .execute(let value): writer.optional("value", value)
        case .delete: break
        }
        writer.optional("timestamp", timestamp?.milliseconds)
        writer.optional("meta", meta)
        writer.optional("base", base?.value)
        writer.optional("seq", seq?.value)
    }
}
