import TreenityProtocol
import TreenitySequencer

/// Reads the first line of an entry front to back: what nearly every entry has costs no more than a look at its bytes.
struct EntryHeaderReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    /// What the first line says.
    struct Header {
        var received: Timestamp
        var sender: Sender
        var ticket: Ticket?
        /// What distinguishes a completion from a proposal.
        var completion: JSONValue?
    }

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// What was not read yet.
    var rest: ArraySlice<UInt8> { bytes[index...] }

    /// Past the line's end.
    mutating func header() throws(EntryError) -> Header {
        try expect("[")
        let received = Timestamp(milliseconds: try integer())
        try expect(",")
        let user = try string()
        try expect(",")
        let session = try string()
        try expect(",")
        let server = try number()
        try expect(",")
        let number = try number()
        try expect(",")
        let ticket = if let server, let number { Ticket(server: server, number: number) } else { nil as Ticket? }
        let isUsual = bytes[index...].starts(with: EntryHeaderReader.usualEnd)
        let (rights, completion) = isUsual ? (.all, nil) : try rightsAndCompletion()
        if isUsual { index += EntryHeaderReader.usualEnd.count }
        let sender = Sender(user: user, session: session, rights: rights)
        return Header(received: received, sender: sender, ticket: ticket, completion: completion)
    }

    private static let usualEnd = Array("null]\n".utf8)

    private mutating func rightsAndCompletion() throws(EntryError) -> (Rights, JSONValue?) {
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")),
            let parts = try? JSONValue(parsing: Array("[".utf8) + bytes[index..<end]).elements,
            1...2 ~= parts.count
        else { throw EntryError("its first line has no end") }
        index = end + 1
        return (try Rights(header: parts[0]), parts.count == 2 ? parts[1] : nil)
    }

    // MARK: Tokens

    private mutating func expect(_ character: Unicode.Scalar) throws(EntryError) {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: character) else {
            throw EntryError("“\(character)” is missing at byte \(index - bytes.startIndex)")
        }
        index += 1
    }

    private mutating func integer() throws(EntryError) -> Int64 {
        let start = index
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: ",") { index += 1 }
        guard let integer = Int64(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw EntryError("no integer at byte \(start - bytes.startIndex)")
        }
        return integer
    }

    private mutating func number() throws(EntryError) -> UInt64? {
        guard let text = try string() else { return nil }
        guard let number = UInt64(text) else { throw EntryError("“\(text)” is no number") }
        return number
    }

    /// A string; `nil` for `null`.
    private mutating func string() throws(EntryError) -> String? {
        if bytes[index...].starts(with: EntryHeaderReader.null) {
            index += EntryHeaderReader.null.count
            return nil
        }
        let start = index
        try expect("\"")
        var hasEscapes = false
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
            let isEscape = bytes[index] == UInt8(ascii: "\\")
            hasEscapes = hasEscapes || isEscape
            index += isEscape ? 2 : 1
        }
        try expect("\"")
        guard hasEscapes else { return String(decoding: bytes[start + 1..<index - 1], as: UTF8.self) }
        guard let string = try? JSONValue(parsing: Array(bytes[start..<index])).string else {
            throw EntryError("no string at byte \(start - bytes.startIndex)")
        }
        return string
    }

    private static let null = Array("null".utf8)
}

extension Rights {
    fileprivate init(header: JSONValue) throws(EntryError) {
        if header == .null {
            self = .all
            return
        }
        let lists = try (header.elements ?? []).map { list throws(EntryError) in try Rights.paths(list) }
        guard lists.count == 3 else { throw EntryError("its rights are not read, write and execute") }
        self.init(read: lists[0], write: lists[1], execute: lists[2])
    }

    private static func paths(_ list: JSONValue) throws(EntryError) -> [TreePath] {
        // A path that is left out would be a right that is gone.
        try (list.elements ?? []).map { path throws(EntryError) in
            guard let text = path.string, let path = try? TreePath(parsing: text) else {
                throw EntryError("\(path) is no path")
            }
            return path
        }
    }
}
