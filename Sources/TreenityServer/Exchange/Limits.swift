/// What one session may ask for.
struct Limits: Hashable, Sendable {
    var maximumMessageBytes = 1 << 20
    var maximumBatch = 1_000
    var maximumSubscriptions = 256
    var maximumFound = 1_000
}
