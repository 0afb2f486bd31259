/// How many patches took effect, by operation, and how many proposals were refused, by code.
struct Tally: Hashable, Sendable {
    var patches: [String: Int] = [:]
    var refusals: [String: Int] = [:]
}
