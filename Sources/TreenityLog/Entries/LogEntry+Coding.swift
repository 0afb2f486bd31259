import TreenityProtocol
import TreenitySequencer

extension LogEntry {
    /// The entry as two lines of JSON without the last line's end: first what it came with, then the frame of the proposal
    /// or a frame with what an action gave. Neither holds a line end.
    ///
    /// The first line is an array: when it was received, the user and the session of the sender, the server and the number
    /// of the ticket as decimal texts, the sender's rights where they are not all, and of a completion what
    /// distinguishes it from a proposal.
    ///
    /// - Complexity: O(length).
    public var encoded: [UInt8] {
        let frame =
            switch content {
            case .proposal(.patch(let patch)): ClientFrame.patch(patch)
            case .proposal(.batch(let id, let patches)): ClientFrame.batch(id: id, patches: patches)
            case .completion(let completion):
                ClientFrame.batch(id: completion.id, patches: (try? completion.outcome.get().patches) ?? [])
            }
        let body = frame.encoded()
        var header = EntryHeaderWriter(capacity: body.count + 256)
        header.write(self)
        return header.bytes + body
    }

    /// Reads what ``encoded`` wrote.
    ///
    /// - Throws: ``LogFailure`` (damaged) for anything else.
    /// - Complexity: O(length).
    public init(decoding bytes: ArraySlice<UInt8>) throws(LogFailure) {
        do {
            var reader = EntryHeaderReader(bytes)
            let header = try reader.header()
            let content = try Content(frame: Array(reader.rest), completing: header.completion)
            self.init(content, from: header.sender, received: header.received, ticket: header.ticket)
        } catch {
            throw .damaged("an entry of the log cannot be read: \(error)")
        }
    }
}

/// Why bytes are no entry.
struct EntryError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension LogEntry.Content {
    fileprivate init(frame bytes: [UInt8], completing header: JSONValue?) throws(EntryError) {
        let frames = ClientFrame.decode(bytes)
        guard frames.count == 1, let frame = frames.first else { throw EntryError("it is not one frame") }
        switch (frame, header) {
        case (.success(.patch(let patch)), nil): self = .proposal(.patch(patch))
        case (.success(.batch(let id, let patches)), nil): self = .proposal(.batch(id: id, patches))
        case (.success(.batch(let id, let patches)), let header?):
            self = .completion(try Completion(header, id: id, patches))
        case (.success, _): throw EntryError("it is a frame of another kind")
        case (.failure(let error), _): throw EntryError(error.refusal.description)
        }
    }
}

extension Completion {
    /// The user, and the value or the refusal.
    var header: JSONValue {
        switch outcome {
        case .success(let yield): [.string(user), yield.value]
        case .failure(let refusal):
            [
                .string(user), .string(refusal.code.rawValue), .string(refusal.message),
                refusal.path.map { .string($0.text) } ?? .null, refusal.index.map { .integer($0) } ?? .null,
            ]
        }
    }

    fileprivate init(_ header: JSONValue, id: String?, _ patches: [Patch]) throws(EntryError) {
        let parts = header.elements ?? []
        guard let user = parts.first?.string else { throw EntryError("it names no user") }
        if parts.count == 2 {
            self.init(id: id, user: user, outcome: .success(Yield(value: parts[1], patches: patches)))
            return
        }
        guard parts.count == 5, let code = parts[1].string, let message = parts[2].string else {
            throw EntryError("it has neither a value nor a refusal")
        }
        let path = parts[3].string.flatMap { try? TreePath(parsing: $0) }
        let refusal = Refusal(
            Refusal.Code(rawValue: code), message, path: path, index: parts[4].integer.map(Int.init))
        self.init(id: id, user: user, outcome: .failure(refusal))
    }
}
