extension ServerFrame {
    /// The frame as JSON in UTF-8.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        write(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .welcome(let welcome):
            welcome.write(to: &writer)
        case .snapshot(let snapshot):
            snapshot.write(to: &writer)
        case .resumed(let id, let from, let seq):
            writer.begin("RESUMED", id: id)
            writer.member("from", from.value)
            writer.member("seq", seq.value)
        case .patch(let patch):
            patch.writeMembers(to: &writer)
        case .batch(let patches):
            writer.begin("BATCH")
            writer.patches(patches)
        case .at(let seq):
            writer.begin("AT")
            writer.member("seq", seq.value)
        case .ack(let acknowledgement):
            acknowledgement.write(to: &writer)
        case .error(let id, let refusal):
            writer.begin("ERROR", id: id)
            writer.member("code", refusal.code.rawValue)
            writer.member("message", refusal.message)
            writer.optional("path", refusal.path?.text)
            writer.optional("index", refusal.index.map(Int64.init))
        case .result(let id, let value):
            writer.begin("RESULT", id: id)
            writer.member("value", value)
        case .history(let id, let patches, let more):
            writer.begin("HISTORY", id: id)
            writer.history(patches)
            writer.flag("more", more)
        case .found(let id, let paths, let more):
            writer.begin("FOUND", id: id)
            writer.member("paths", JSONValue.array(paths.map { .string($0.text) }))
            writer.flag("more", more)
        case .presence(let presences):
            writer.begin("PRESENCE")
            writer.presences(presences)
        }
    }
}

extension Welcome {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.begin("WELCOME")
        writer.member("protocol", version)
        writer.member("session", session)
        writer.member("user", user)
        writer.member("epoch", epoch)
        writer.member("seq", seq.value)
        writer.member("time", time.milliseconds)
        writer.key("limits")
        writer.beginObject()
        writer.member("maxMessageBytes", Int64(maximumMessageBytes))
        writer.member("maxBatch", Int64(maximumBatch))
        writer.endObject()
    }
}

extension Snapshot {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.begin("SNAPSHOT", id: id)
        writer.member("path", path.text)
        writer.member("seq", seq.value)
        writer.key("nodes")
        writer.beginArray()
        for node in nodes {
            writer.beginObject()
            writer.member("path", node.path.text)
            writer.member("properties", node.properties)
            writer.member("children", Int64(node.children))
            writer.optional("timestamp", node.timestamp?.milliseconds)
            writer.endObject()
        }
        writer.endArray()
        writer.flag("more", more)
    }
}

extension Acknowledgement {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.begin("ACK", id: id)
        writer.member("seq", seq.value)
        writer.member("timestamp", timestamp.milliseconds)
        guard !superseded.isEmpty else { return }
        writer.member("superseded", JSONValue.array(superseded.map(JSONValue.string)))
    }
}

extension JSONWriter {
    fileprivate mutating func history(_ patches: [HistoricalPatch]) {
        key("patches")
        beginArray()
        for historical in patches {
            beginObject()
            historical.patch.writeMembers(to: &self)
            optional("previous", historical.previous)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func presences(_ presences: [Presence]) {
        key("sessions")
        beginArray()
        for presence in presences {
            beginObject()
            member("session", presence.session)
            member("user", presence.user)
            optional("path", presence.path?.text)
            endObject()
        }
        endArray()
    }
}
