public import TreenityProtocol

/// An edit that the server did not take.
public struct RefusedOutboxEdit: Hashable, Sendable {
    /// The edit.
    public let edit: OutboxEdit
    /// Why it was not taken.
    public let refusal: Refusal
}
