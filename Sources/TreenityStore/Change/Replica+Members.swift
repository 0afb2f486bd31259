import TreenityProtocol

/// The members of an object, as a walk over its text meets them.
extension Replica {
    /// What a node has under a member's key.
    enum Member {
        case node(Int32)
        case property(Int32)
        case missing
    }

    @inline(__always)
    func member(_ key: JSONMembers.Key, in bytes: Span<UInt8>, of slot: Int32) -> Member {
        guard let name = nameKey(key, in: bytes) else { return .missing }
        if let number = names.number(of: name) {
            let property = findProperty(number, of: slot)
            if property != .none { return .property(property) }
        }
        guard records[Int(slot)].childCount > 0 else { return .missing }
        let child = findChild(name, of: slot)
        return child == .none ? .missing : .node(child)
    }

    @inline(__always)
    private func nameKey(_ key: JSONMembers.Key, in bytes: Span<UInt8>) -> NameKey? {
        key.hasEscapes ? names.key(of: key.text(in: bytes)) : names.key(bytes, key.range)
    }

    /// The number of a key, for a property.
    @inline(__always)
    mutating func number(of key: JSONMembers.Key, in bytes: Span<UInt8>, _ draft: Draft) throws(Refusal) -> UInt32 {
        if let known = knownNumber(of: key, in: bytes) { return known }
        return names.intern(try name(of: key, in: bytes, draft).text)
    }

    @inline(__always)
    func knownNumber(of key: JSONMembers.Key, in bytes: Span<UInt8>) -> UInt32? {
        guard let name = nameKey(key, in: bytes) else { return nil }
        return names.number(of: name)
    }

    /// A key as a name.
    func name(of key: JSONMembers.Key, in bytes: Span<UInt8>, _ draft: Draft) throws(Refusal) -> Name {
        do {
            return try Name(key.text(in: bytes))
        } catch {
            throw Refusal(.invalidPath, error.description, path: draft.path)
        }
    }

    /// A key for a refusal, whatever it is.
    func name(of key: JSONMembers.Key, in bytes: Span<UInt8>) -> Name { Name(valid: key.text(in: bytes)) }

    /// The text edit that comes next; `nil`: it is another object, and the walk still stands before it.
    @inline(__always)
    func textEdit(_ walk: inout JSONMembers, of bytes: Span<UInt8>) -> TextEdit? {
        guard walk.index + 2 < bytes.count, bytes[walk.index + 2] == UInt8(ascii: "$") else { return nil }
        var ahead = walk
        guard let edit = TextEdit(JSONValue(part: ahead.skipValue(in: bytes), of: bytes)) else { return nil }
        walk = ahead
        return edit
    }

    /// The address of a member of the object at hand.
    func place(_ name: Name, _ draft: Draft) -> TreePath { draft.path.appending(draft.way + [name]) }
}

extension JSONValue {
    /// Whether this is a text edit. O(1) for nearly all other objects.
    var isTextEdit: Bool {
        let bytes = text.utf8
        return isObject && bytes.span.count > 2 && bytes.span[2] == UInt8(ascii: "$") && TextEdit(self) != nil
    }
}
