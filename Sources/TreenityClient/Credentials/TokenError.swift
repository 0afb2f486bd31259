/// Why there is no token: says what is wrong, where, and what to do, and nothing of the token itself.
public struct TokenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, for a person.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
