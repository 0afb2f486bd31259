/// Tells the connections of one server apart. Never given to another while the server runs.
struct SessionID: Hashable, Sendable {
    let number: Int
}
