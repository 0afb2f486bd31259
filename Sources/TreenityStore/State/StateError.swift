/// A saved state that cannot be read.
public struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and where, for a person.
    public let description: String

    package init(_ description: String) {
        self.description = description
    }
}
