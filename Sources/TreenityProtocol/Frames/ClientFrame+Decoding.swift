extension ClientFrame {
    /// Reads a message: one frame, or an array of patches, each of which stands or falls alone.
    ///
    /// - Parameter limit: no more elements of an array are read. Where there are more, a refusal (`too-large`) stands for
    ///   all of them behind those that were read.
    /// - Complexity: O(length of the message).
    public static func decode(_ message: [UInt8], atMost limit: Int = .max) -> [Result<ClientFrame, FrameError>] {
        var scanner = JSONScanner(message: message)
        do {
            guard !scanner.isAtArray else { return try results(&scanner, atMost: limit) }
            var fields = FrameFields(in: message)
            try fields.scanMessage(&scanner)
            return [result(&fields)]
        } catch {
            return [.failure(FrameError(id: nil, refusal: error))]
        }
    }

    private static func results(
        _ scanner: inout JSONScanner, atMost limit: Int
    ) throws(Refusal) -> [Result<ClientFrame, FrameError>] {
        var results: [Result<ClientFrame, FrameError>] = []
        do {
            var continues = try scanner.beginArray()
            while continues {
                guard results.count < limit else {
                    let refusal = Refusal(.tooLarge, "an array has at most \(limit) patches")
                    return results + [.failure(FrameError(id: nil, refusal: refusal))]
                }
                results.append(try result(&scanner))
                continues = try scanner.continues(until: UInt8(ascii: "]"))
            }
            try scanner.expectEnd()
        } catch {
            throw Refusal(.invalidJSON, error.description)
        }
        return results
    }

    /// Reads one element of an array.
    private static func result(
        _ scanner: inout JSONScanner
    ) throws(JSONError) -> Result<ClientFrame, FrameError> {
        scanner.skipWhiteSpace()
        guard scanner.isAtObject else {
            _ = try scanner.scanValue()
            return .failure(FrameError(id: nil, refusal: .noObject))
        }
        var fields = FrameFields(in: scanner.bytes)
        try fields.scan(&scanner, decodingLists: true)
        return result(&fields)
    }

    private static func result(_ fields: inout FrameFields) -> Result<ClientFrame, FrameError> {
        var id: String?
        do {
            id = try Patch.id(&fields)
            return .success(try ClientFrame(&fields))
        } catch {
            return .failure(FrameError(id: id, refusal: error))
        }
    }

    private init(_ fields: inout FrameFields) throws(Refusal) {
        switch try fields.word(.type) {
        case nil, "PATCH", "ADD", "EDIT", "DELETE", "MOVE", "EXECUTE":
            self = .patch(try Patch(&fields))
        case "BATCH":
            self = .batch(id: try Patch.id(&fields), patches: try ClientFrame.patches(&fields))
        case "SUBSCRIBE":
            self = .subscribe(
                Subscription(
                    id: try ClientFrame.requiredID(&fields), path: try fields.path(.path) ?? .root,
                    depth: try fields.count(.depth), since: try fields.sequenceNumber(.since),
                    epoch: try fields.string(.epoch)))
        case "UNSUBSCRIBE":
            self = .unsubscribe(id: try ClientFrame.requiredID(&fields))
        case "HISTORY":
            self = .history(
                HistoryQuery(
                    id: try ClientFrame.requiredID(&fields), path: try fields.path(.path) ?? .root,
                    before: try fields.sequenceNumber(.before), limit: try fields.count(.limit)))
        case "FIND":
            self = .find(
                FindQuery(
                    id: try ClientFrame.requiredID(&fields), path: try fields.path(.path) ?? .root,
                    query: try fields.required(.query, try fields.string(.query)), limit: try fields.count(.limit)))
        case "PRESENCE":
            self = .presence(try fields.path(.path))
        case "RESULT":
            self = .result(id: try ClientFrame.requiredID(&fields), value: fields.value(.value) ?? .null)
        case .some:
            let type = try fields.string(.type) ?? ""
            throw Refusal(.invalidPatch, "“\(type.prefix(40))” is no type of message")
        }
    }

    private static func requiredID(_ fields: inout FrameFields) throws(Refusal) -> String {
        try fields.required(.id, try Patch.id(&fields))
    }

    private static func patches(_ fields: inout FrameFields) throws(Refusal) -> [Patch] {
        guard let list = fields.patches else { throw .noArray(.patches) }
        guard var refusal = list.refusal else { return list.elements }
        refusal.index = list.elements.count
        throw refusal
    }
}
