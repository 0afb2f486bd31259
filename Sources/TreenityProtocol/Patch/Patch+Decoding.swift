extension Patch {
    /// Reads a patch from the members of a message.
    ///
    /// Takes the operation from `operation`, or from `type` where that names one.
    init(_ fields: inout FrameFields) throws(Refusal) {
        var name = try fields.word(.operation)
        let key: MemberKey = name == nil ? .type : .operation
        if name == nil { name = try fields.word(.type) }
        let path = try fields.required(.path, try fields.path(.path))
        do throws(Refusal) {
            guard let name else { throw Refusal(.invalidPatch, "“operation” is missing") }
            try self.init(name, from: key, at: path, &fields)
        } catch {
            var refusal = error
            // Read once more, as to keep it for this costs every patch.
            if refusal.path == nil { refusal.path = try fields.path(.path) }
            throw refusal
        }
    }

    private init(
        _ name: PackedWord, from key: MemberKey, at path: TreePath, _ fields: inout FrameFields
    ) throws(Refusal) {
        let (operation, source) = try Operation.decode(name, from: key, at: path, &fields)
        let timestamp = try fields.integer(.timestamp).map(Timestamp.init(milliseconds:))
        let meta = try fields.object(.meta)
        let id = try Patch.id(&fields)
        let base = try fields.sequenceNumber(.base)
        let seq = try fields.sequenceNumber(.seq)
        let moved = if let source { try TreePath(refusing: source) } else { path }
        self.init(
            path: moved, operation: operation, timestamp: timestamp, meta: meta, id: id, base: base, seq: seq)
    }

    /// The `id` of a message: at most ``maximumIDBytes`` bytes.
    static func id(_ fields: inout FrameFields) throws(Refusal) -> String? {
        guard let id = try fields.string(.id) else { return nil }
        guard id.utf8.count <= maximumIDBytes else {
            throw Refusal(.invalidPatch, "“id” is longer than \(maximumIDBytes) bytes")
        }
        return id
    }
}

extension Patch.Operation {
    /// Reads the operation that is called `name`, and the source of a `MOVE` that names it beside its target.
    fileprivate static func decode(
        _ name: PackedWord, from key: MemberKey, at path: TreePath, _ fields: inout FrameFields
    ) throws(Refusal) -> (Patch.Operation, source: String?) {
        switch name {
        case "ADD":
            return (.add(try content(&fields, at: path, allowsTextEdits: false) ?? .emptyObject), nil)
        case "EDIT":
            guard let value = try content(&fields, at: path, allowsTextEdits: true) else {
                throw Refusal(.invalidPatch, "an EDIT needs a “value”")
            }
            return (.edit(value), nil)
        case "DELETE":
            return (.delete, nil)
        case "MOVE":
            return try decodeMove(from: path, &fields)
        case "EXECUTE":
            return (.execute(fields.value(.value)), nil)
        default:
            let name = try fields.string(key) ?? ""
            throw Refusal(.invalidPatch, "“\(name.prefix(40))” is no operation: ADD, EDIT, DELETE, MOVE or EXECUTE")
        }
    }

    /// The three ways of writing what a `MOVE` needs beside its path.
    private static func decodeMove(
        from path: TreePath, _ fields: inout FrameFields
    ) throws(Refusal) -> (Patch.Operation, source: String?) {
        let value = fields.strings(.value, "to", "from")
        if let target = fields.stringIfAny(.value) ?? value.first {
            return (.move(to: try TreePath(refusing: target)), nil)
        }
        guard let source = value.second else {
            throw Refusal(.invalidPatch, "a MOVE needs a “value” of the form {\"to\": path}")
        }
        return (.move(to: path), source)
    }

    /// What an `ADD` or `EDIT` brings, its keys, depth and text edits checked.
    private static func content(
        _ fields: inout FrameFields, at path: TreePath, allowsTextEdits: Bool
    ) throws(Refusal) -> JSONValue? {
        guard let value = fields.value(.value), let scanned = fields.place(.value) else { return nil }
        guard !scanned.notes.contains(.invalidKey) else {
            throw Refusal(.invalidPath, "a key in “value” is no name: empty, too long, dots or control characters")
        }
        if scanned.notes.contains(.textKey) {
            let mayEdit = allowsTextEdits && fields.has(.base)
            guard value.textEditsAreValid(allowed: mayEdit) else {
                throw Refusal(.invalidPatch, "“$text” is a list of steps, alone in its object, in an EDIT with “base”")
            }
        }
        // One level of nesting takes at least five bytes and one of a path two, so that short values need no count.
        if scanned.range.count + path.text.utf8.count * 5 / 2 > 5 * TreePath.maximumSegments {
            let room = TreePath.maximumSegments - 1 - path.depth
            guard value.nodeDepth(within: room) <= room else {
                throw Refusal(.invalidPath, "“value” reaches deeper than \(TreePath.maximumSegments) segments")
            }
        }
        return value
    }
}

extension JSONValue {
    /// Whether each `$text` in nested objects is a text edit, and one may stand there at all.
    fileprivate func textEditsAreValid(allowed: Bool) -> Bool {
        guard let members else { return true }
        if members.contains(where: { $0.key == TextEdit.key }) { return allowed && TextEdit(self) != nil }
        return members.allSatisfy { $0.value.textEditsAreValid(allowed: allowed) }
    }

    /// How many levels of members lie in nested objects, counted up to one more than `limit`.
    fileprivate func nodeDepth(within limit: Int) -> Int {
        guard limit >= 0, let members, !members.isEmpty else { return 0 }
        return 1 + (members.map { $0.value.nodeDepth(within: limit - 1) }.max() ?? 0)
    }
}
