public import TreenityProtocol

/// What may be done at a path and all that lies below it.
public struct Grant: Hashable, Sendable, CustomStringConvertible {
    /// The top of what it is for.
    public let path: TreePath
    /// May be seen.
    public let read: Bool
    /// May be added, edited, deleted and moved. It does not imply ``read``: a probe may write what it may not see.
    public let write: Bool
    /// The actions there may be run.
    public let execute: Bool

    /// Reads a grant as it is written on a command line: `tree/spaces:rw`. The rights are what stands behind the last
    /// colon.
    ///
    /// - Throws: ``GrantError``.
    public init(parsing text: String) throws(GrantError) {
        guard let colon = text.lastIndex(of: ":") else {
            throw GrantError("“\(text)” gives no rights: write PATH:RIGHTS, such as tree/spaces:rw")
        }
        try self.init(path: String(text[..<colon]), rights: String(text[text.index(after: colon)...]))
    }

    /// A grant of a path's text and the letters `r`, `w` and `x`, each at most once, in any order.
    ///
    /// - Throws: ``GrantError``.
    init(path: String, rights: String) throws(GrantError) {
        do {
            self.path = try TreePath(parsing: path)
        } catch {
            throw GrantError("“\(path)” is no path: \(error.description)")
        }
        let letters = Set(rights)
        guard !letters.isEmpty, letters.count == rights.count, letters.isSubset(of: ["r", "w", "x"]) else {
            throw GrantError(
                "“\(rights)” are no rights: write r to read, w to write and x to run actions, such as rw")
        }
        read = letters.contains("r")
        write = letters.contains("w")
        execute = letters.contains("x")
    }

    /// The letters: `rw`.
    public var rights: String { (read ? "r" : "") + (write ? "w" : "") + (execute ? "x" : "") }

    /// As it is written on a command line: `tree/spaces:rw`.
    public var description: String { "\(path.text):\(rights)" }
}

/// Why a text is no ``Grant``.
public struct GrantError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to write instead, for a person.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
