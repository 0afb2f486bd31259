public import TreenityProtocol

/// A patch that came from the server, and what became of it here.
public struct Received: Sendable {
    /// The patch.
    public let patch: Patch
    /// What it did, or why it could not be applied.
    public let outcome: Result<Change, Refusal>
}
