import TreenityProtocol
import TreenitySequencer

extension LogEntry {
    /// The entry as two lines of JSON without the last line's end: first what it came with, then the frame of the proposal
    /// or a frame with what an action gave. Neither holds a line end.
    ///
    /// The first line is an array: when it was received, the user and the session of the sender, the server and the number
    /// of the ticket as decimal texts, the sender's rights where they are not all, and of a completion what
    /// distinguishes it from a proposal.
    public var encoded: [UInt8] {
        var writer = EntryWriter()
        writer.header(of: self)
        switch content {
        case .proposal(.patch(let patch)): writer.line(ClientFrame.patch(patch).encoded())
        case .proposal(.batch(let id, let patches)): writer.line(ClientFrame.batch(id: id, patches: patches).encoded())
        case .completion(let completion):
            let patches = (try? completion.outcome.get().patches) ?? []
            writer.line(ClientFrame.batch(id: completion.id, patches: patches).encoded())
        }
        return writer.bytes
    }

    /// Reads what ``encoded`` wrote.
    ///
    /// - Throws: ``LogFailure`` (damaged) for anything else.
    public init(decoding bytes: ArraySlice<UInt8>) throws(LogFailure) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let header = try? JSONValue(parsing: Array(bytes[..<end])).elements, header.count >= 6,
            let received = header[0].integer,
            let frame = try? ClientFrame.decode(Array(bytes[(end + 1)...])).first?.get()
        else { throw LogEntry.nonsense }
        let content: Content
        switch frame {
        case .patch(let patch) where header.count == 6: content = .proposal(.patch(patch))
        case .batch(let id, let patches) where header.count == 6: content = .proposal(.batch(id: id, patches))
        case .batch(let id, let patches): content = .completion(try Completion(header[6], id: id, patches))
        default: throw LogEntry.nonsense
        }
        let sender = Sender(user: header[1].string, session: header[2].string, rights: try Rights(header[5]))
        self.init(
            content, from: sender, received: Timestamp(milliseconds: received), ticket: Ticket(header[3], header[4]))
    }

    fileprivate static let nonsense = LogFailure.damaged("an entry of the log cannot be read")
}

/// Writes the lines of an entry.
private struct EntryWriter {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(512)
    }

    mutating func header(of entry: LogEntry) {
        text("[\(entry.received.milliseconds),")
        optional(entry.sender.user)
        text(",")
        optional(entry.sender.session)
        if let ticket = entry.ticket {
            text(",\"\(ticket.server)\",\"\(ticket.number)\",")
        } else {
            text(",null,null,")
        }
        text(entry.sender.rights == .all ? "null" : entry.sender.rights.json.text)
        if case .completion(let completion) = entry.content {
            text(",")
            text(completion.json.text)
        }
        text("]")
    }

    mutating func line(_ line: [UInt8]) {
        bytes.append(UInt8(ascii: "\n"))
        bytes += line
    }

    private mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func optional(_ string: String?) { text(string.map { JSONValue.string($0).text } ?? "null") }
}

extension Ticket {
    fileprivate init?(_ server: JSONValue, _ number: JSONValue) {
        guard let server = server.string.flatMap({ UInt64($0) }), let number = number.string.flatMap({ UInt64($0) })
        else { return nil }
        self.init(server: server, number: number)
    }
}

extension Rights {
    fileprivate var json: JSONValue {
        .array([read, write, execute].map { paths in .array(paths.map { .string($0.text) }) })
    }

    fileprivate init(_ json: JSONValue) throws(LogFailure) {
        if json == .null {
            self = .all
            return
        }
        let lists = (json.elements ?? []).map { list in
            (list.elements ?? []).compactMap { $0.string.flatMap { try? TreePath(parsing: $0) } }
        }
        guard lists.count == 3 else { throw LogEntry.nonsense }
        self.init(read: lists[0], write: lists[1], execute: lists[2])
    }
}

extension Completion {
    /// The user, and the value or the refusal.
    fileprivate var json: JSONValue {
        switch outcome {
        case .success(let yield): [.string(user), yield.value]
        case .failure(let refusal):
            [
                .string(user), .string(refusal.code.rawValue), .string(refusal.message),
                refusal.path.map { .string($0.text) } ?? .null,
            ]
        }
    }

    fileprivate init(_ json: JSONValue, id: String?, _ patches: [Patch]) throws(LogFailure) {
        let parts = json.elements ?? []
        guard let user = parts.first?.string else { throw LogEntry.nonsense }
        if parts.count == 2 {
            self.init(id: id, user: user, outcome: .success(Yield(value: parts[1], patches: patches)))
            return
        }
        guard parts.count == 4, let code = parts[1].string, let message = parts[2].string else {
            throw LogEntry.nonsense
        }
        let path = parts[3].string.flatMap { try? TreePath(parsing: $0) }
        let refusal = Refusal(Refusal.Code(rawValue: code), message, path: path)
        self.init(id: id, user: user, outcome: .failure(refusal))
    }
}
