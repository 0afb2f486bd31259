/// Why a text is no path, name or key of the tree.
public struct PathError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong and with what, for a person.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
