extension ClientFrame {
    /// The frame as JSON in UTF-8.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        switch self {
        case .patch(let patch):
            patch.writeMembers(to: &writer)
        case .batch(let id, let patches):
            writer.begin("BATCH", id: id)
            writer.patches(patches)
        case .subscribe(let subscription):
            writer.begin("SUBSCRIBE", id: subscription.id)
            writer.member("path", subscription.path.text)
            writer.optional("depth", subscription.depth.map(Int64.init))
            writer.optional("since", subscription.since?.value)
            writer.optional("epoch", subscription.epoch)
        case .unsubscribe(let id):
            writer.begin("UNSUBSCRIBE", id: id)
        case .history(let query):
            writer.begin("HISTORY", id: query.id)
            writer.member("path", query.path.text)
            writer.optional("before", query.before?.value)
            writer.optional("limit", query.limit.map(Int64.init))
        case .find(let query):
            writer.begin("FIND", id: query.id)
            writer.member("path", query.path.text)
            writer.member("query", query.query)
            writer.optional("limit", query.limit.map(Int64.init))
        case .presence(let path):
            writer.begin("PRESENCE")
            writer.optional("path", path?.text)
        case .result(let id, let value):
            writer.begin("RESULT", id: id)
            writer.member("value", value)
        }
        writer.endObject()
        return writer.bytes
    }
}
