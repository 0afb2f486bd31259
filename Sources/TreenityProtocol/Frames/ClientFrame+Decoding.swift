extension ClientFrame {
    /// Reads a message: one frame, or an array of patches, each of which stands or falls alone.
    ///
    /// - Complexity: O(length of the message).
    public static func decode(_ message: [UInt8]) -> [Result<ClientFrame, FrameError>] {
        let first = message.first { $0 > 0x20 }
        guard first == UInt8(ascii: "[") else { return [result(message)] }
        do {
            guard let elements = try JSONValue(parsing: message).elements else { return [] }
            return elements.map { result(Array($0.text.utf8)) }
        } catch {
            return [.failure(FrameError(id: nil, refusal: Refusal(.invalidJSON, error.description)))]
        }
    }

    private static func result(_ bytes: [UInt8]) -> Result<ClientFrame, FrameError> {
        var id: String?
        do {
            let fields = try FrameFields(bytes)
            id = try Patch.id(fields)
            return .success(try ClientFrame(fields))
        } catch {
            return .failure(FrameError(id: id, refusal: error))
        }
    }

    private init(_ fields: FrameFields) throws(Refusal) {
        let type = try fields.string("type")
        switch type {
        case nil, "PATCH", "ADD", "EDIT", "DELETE", "MOVE", "EXECUTE":
            self = .patch(try Patch(fields))
        case "BATCH":
            self = .batch(id: try Patch.id(fields), patches: try ClientFrame.patches(fields))
        case "SUBSCRIBE":
            self = .subscribe(
                Subscription(
                    id: try ClientFrame.requiredID(fields), path: try fields.path("path") ?? .root,
                    depth: try fields.count("depth"), since: try fields.sequenceNumber("since"),
                    epoch: try fields.string("epoch")))
        case "UNSUBSCRIBE":
            self = .unsubscribe(id: try ClientFrame.requiredID(fields))
        case "HISTORY":
            self = .history(
                HistoryQuery(
                    id: try ClientFrame.requiredID(fields), path: try fields.path("path") ?? .root,
                    before: try fields.sequenceNumber("before"), limit: try fields.count("limit")))
        case "FIND":
            self = .find(
                FindQuery(
                    id: try ClientFrame.requiredID(fields), path: try fields.path("path") ?? .root,
                    query: try fields.required("query", try fields.string("query")), limit: try fields.count("limit")))
        case "PRESENCE":
            self = .presence(try fields.path("path"))
        case "RESULT":
            self = .result(id: try ClientFrame.requiredID(fields), value: fields.value("value") ?? .null)
        case .some(let type):
            throw Refusal(.invalidPatch, "“\(type.prefix(40))” is no type of message")
        }
    }

    private static func requiredID(_ fields: FrameFields) throws(Refusal) -> String {
        try fields.required("id", try Patch.id(fields))
    }

    private static func patches(_ fields: FrameFields) throws(Refusal) -> [Patch] {
        var patches: [Patch] = []
        for (index, element) in try fields.elements("patches").enumerated() {
            do {
                patches.append(try Patch(FrameFields(Array(element.text.utf8))))
            } catch {
                var refusal = error
                refusal.index = index
                throw refusal
            }
        }
        return patches
    }
}
