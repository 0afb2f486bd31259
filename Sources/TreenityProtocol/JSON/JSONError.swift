/// Why bytes are not JSON that this protocol takes, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, as a phrase: `a string without its closing quote`.
    public let reason: String
    /// Where, in bytes from the start of the text, from 0.
    public let offset: Int

    init(_ reason: String, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason with its place, for a person.
    public var description: String { "\(reason) at byte \(offset)" }
}
