/// Who waits for a verdict.
enum Waiter: Hashable, Sendable {
    /// A session; its frame had this `id`, and so many bytes are held for it meanwhile.
    case session(SessionID, id: String?, bytes: Int)
    /// The server itself, which knows the ticket.
    case server
}
