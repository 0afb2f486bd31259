/// An action that is done by a web server: where, and with which bounds.
struct HTTPPost: Hashable, Sendable {
    let url: String
    /// Beside, or instead of, `Content-Type`.
    let headers: [Header]
    let timeout: Duration
    let maximumReplyBytes: Int

    struct Header: Hashable, Sendable {
        let name: String
        let value: String
    }
}
