/// What a token file says of one token.
public struct TokenEntry: Hashable, Sendable {
    /// Of the token.
    public let hash: TokenHash
    /// Whose it is.
    public let user: String
    /// What they may do; where grants overlap, all that any of them allows.
    public let grants: [Grant]
    /// When it ends; `nil`: never.
    public let expiry: Expiry?
    /// A note for those who read the file.
    public let comment: String?

    /// An entry of these parts.
    ///
    /// - Throws: ``TokenEntryError`` where the user has no name or there are no grants, or a text is more than a line.
    public init(
        hash: TokenHash, user: String, grants: [Grant], expiry: Expiry? = nil, comment: String? = nil
    ) throws(TokenEntryError) {
        guard !user.isEmpty else { throw TokenEntryError("the user has no name") }
        guard user.utf8.count <= 255 else { throw TokenEntryError("the user's name is longer than 255 bytes") }
        guard TokenEntry.isOneLine(user), TokenEntry.isOneLine(comment ?? "") else {
            throw TokenEntryError("a user's name and a comment are one line, without control characters")
        }
        guard !grants.isEmpty else {
            throw TokenEntryError("nothing is granted: name at least one path, such as tree: r")
        }
        self.hash = hash
        self.user = user
        self.grants = grants
        self.expiry = expiry
        self.comment = comment
    }

    /// Whose token it is, and which: `ann (laptop)`.
    public var label: String { comment.map { "\(user) (\($0))" } ?? user }

    private static func isOneLine(_ text: String) -> Bool {
        !text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
            default: false
            }
        }
    }
}

/// Why something cannot stand in a token file.
public struct TokenEntryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, for a person.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
