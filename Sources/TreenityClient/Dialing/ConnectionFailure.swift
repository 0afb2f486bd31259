/// An attempt to connect that failed.
struct ConnectionFailure: Error, Hashable, Sendable {
    /// Why, in plain words.
    var reason: String
    /// Whether trying again is of no use.
    var isFinal = false
}
