import TreenityProtocol

/// What a bare server says when asked for the whole tree.
enum TreeAnswer: Hashable, Sendable {
    case tree(JSONValue, seq: SequenceNumber?)
    /// The server does not offer it: the tree grows from the patches.
    case none
    /// It was to be had and could not be read.
    case unreadable(String)
}
