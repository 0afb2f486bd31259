import TreenityProtocol
import TreenitySequencer

/// Writes the first line of an entry, its end included.
struct EntryHeaderWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func write(_ entry: LogEntry) {
        byte("[")
        text(String(entry.received.milliseconds))
        byte(",")
        string(entry.sender.user)
        byte(",")
        string(entry.sender.session)
        byte(",")
        string(entry.ticket.map { String($0.server) })
        byte(",")
        string(entry.ticket.map { String($0.number) })
        byte(",")
        text(entry.sender.rights == .all ? "null" : entry.sender.rights.header.text)
        if case .completion(let completion) = entry.content {
            byte(",")
            text(completion.header.text)
        }
        byte("]")
        byte("\n")
    }

    private mutating func byte(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    private mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Nearly every name of a user or session is plain, and then costs nothing beside its bytes.
    private mutating func string(_ string: String?) {
        guard let string else { return text("null") }
        guard string.utf8.allSatisfy(EntryHeaderWriter.isPlain) else { return text(JSONValue.string(string).text) }
        byte("\"")
        text(string)
        byte("\"")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}

extension Rights {
    /// What may be read, written and executed.
    fileprivate var header: JSONValue {
        .array([read, write, execute].map { paths in .array(paths.map { .string($0.text) }) })
    }
}
