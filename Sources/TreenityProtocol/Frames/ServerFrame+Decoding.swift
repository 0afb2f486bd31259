extension ServerFrame {
    /// Reads what a server sent: one message may hold several frames (an array of patches).
    ///
    /// Frames of a type that this client does not know are left out, so that a newer server may say more.
    ///
    /// - Throws: ``FrameError`` where the message breaks the protocol.
    /// - Complexity: O(length of the message).
    public static func decode(_ message: [UInt8]) throws(FrameError) -> [ServerFrame] {
        var scanner = JSONScanner(message: message)
        do {
            guard !scanner.isAtArray else { return [.batch(try patches(&scanner))] }
            var fields = FrameFields(in: message)
            try fields.scanMessage(&scanner)
            guard let frame = try ServerFrame(&fields) else { return [] }
            return [frame]
        } catch {
            throw FrameError(id: nil, refusal: error)
        }
    }

    private static func patches(_ scanner: inout JSONScanner) throws(Refusal) -> [Patch] {
        let list: FrameList<Patch>
        do {
            list = try FrameList(&scanner) { fields throws(Refusal) in try Patch(&fields) }
            try scanner.expectEnd()
        } catch {
            throw Refusal(.invalidJSON, error.description)
        }
        return try list.get()
    }

    fileprivate static func elements<Element>(
        of list: FrameList<Element>?, _ key: MemberKey
    ) throws(Refusal) -> [Element] {
        guard let list else { throw .noArray(key) }
        return try list.get()
    }

    private init?(_ fields: inout FrameFields) throws(Refusal) {
        func id() throws(Refusal) -> String { try fields.required(.id, try fields.string(.id)) }
        func seq() throws(Refusal) -> SequenceNumber { try fields.required(.seq, try fields.sequenceNumber(.seq)) }
        switch try fields.word(.type) {
        case nil, "PATCH", "ADD", "EDIT", "DELETE", "MOVE", "EXECUTE":
            self = .patch(try Patch(&fields))
        case "BATCH":
            self = .batch(try ServerFrame.elements(of: fields.patches, .patches))
        case "WELCOME":
            self = .welcome(try Welcome(&fields))
        case "SNAPSHOT":
            self = .snapshot(try Snapshot(&fields))
        case "RESUMED":
            self = .resumed(
                id: try id(), from: try fields.sequenceNumber(.from) ?? .zero, seq: try seq())
        case "AT":
            self = .at(try seq())
        case "ACK":
            self = .ack(try Acknowledgement(&fields))
        case "ERROR":
            self = .error(id: try fields.string(.id), try Refusal(&fields))
        case "RESULT":
            self = .result(id: try id(), value: fields.value(.value) ?? .null)
        case "HISTORY":
            let patches = try fields.list(.patches) { fields throws(Refusal) in
                HistoricalPatch(patch: try Patch(&fields), previous: fields.value(.previous))
            }
            self = .history(id: try id(), patches: patches, more: fields.boolean(.more))
        case "FOUND":
            var paths: [TreePath] = []
            for element in try fields.elements(.paths) { paths.append(try TreePath(refusing: element.string ?? "")) }
            self = .found(id: try id(), paths: paths, more: fields.boolean(.more))
        case "PRESENCE":
            self = .presence(
                try fields.list(.sessions) { fields throws(Refusal) in try Presence(&fields) })
        case .some:
            return nil
        }
    }
}

extension Welcome {
    fileprivate init(_ fields: inout FrameFields) throws(Refusal) {
        let limits = try fields.object(.limits)
        self.init(
            version: try fields.string(.protocol) ?? protocolVersion,
            session: try fields.string(.session) ?? "",
            user: try fields.string(.user) ?? "",
            epoch: try fields.string(.epoch) ?? "",
            seq: try fields.required(.seq, try fields.sequenceNumber(.seq)),
            time: Timestamp(milliseconds: try fields.required(.time, try fields.integer(.time))),
            maximumMessageBytes: Welcome.limit(limits?["maxMessageBytes"]) ?? 1 << 20,
            maximumBatch: Welcome.limit(limits?["maxBatch"]) ?? 1_000)
    }

    /// A limit that lets something through; `nil` for all else.
    private static func limit(_ value: JSONValue?) -> Int? {
        value?.integer.flatMap(Int.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
    }
}

extension Snapshot {
    fileprivate init(_ fields: inout FrameFields) throws(Refusal) {
        self.init(
            id: try fields.required(.id, try fields.string(.id)),
            path: try fields.required(.path, try fields.path(.path)),
            seq: try fields.required(.seq, try fields.sequenceNumber(.seq)),
            nodes: try ServerFrame.elements(of: fields.nodes, .nodes),
            more: fields.boolean(.more))
    }
}

extension Snapshot.Node {
    init(_ fields: inout FrameFields) throws(Refusal) {
        self.init(
            path: try fields.required(.path, try fields.path(.path)),
            properties: try fields.object(.properties) ?? .emptyObject,
            children: try fields.count(.children) ?? 0,
            timestamp: try fields.integer(.timestamp).map(Timestamp.init(milliseconds:)))
    }
}

extension Acknowledgement {
    fileprivate init(_ fields: inout FrameFields) throws(Refusal) {
        self.init(
            id: try fields.required(.id, try fields.string(.id)),
            seq: try fields.required(.seq, try fields.sequenceNumber(.seq)),
            timestamp: Timestamp(milliseconds: try fields.required(.timestamp, try fields.integer(.timestamp))),
            superseded: fields.value(.superseded)?.elements?.compactMap(\.string) ?? [])
    }
}

extension Refusal {
    fileprivate init(_ fields: inout FrameFields) throws(Refusal) {
        self.init(
            Code(rawValue: try fields.required(.code, try fields.string(.code))),
            try fields.string(.message) ?? "", path: try fields.path(.path), index: try fields.count(.index))
    }
}

extension Presence {
    fileprivate init(_ fields: inout FrameFields) throws(Refusal) {
        self.init(
            session: try fields.string(.session) ?? "", user: try fields.string(.user) ?? "",
            path: try fields.path(.path))
    }
}
