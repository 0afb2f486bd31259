/// What one consumer of a stream gets.
enum Delivery: Sendable {
    case update(StreamUpdate)
    /// Nothing follows.
    case failure(any Error)
}

extension Delivery: Waitable {
    var weight: Int { 1 }

    mutating func absorb(_ next: Delivery) -> Bool {
        guard case .update(var update) = self, case .update(let more) = next, update.absorb(more) else { return false }
        self = .update(update)
        return true
    }
}
