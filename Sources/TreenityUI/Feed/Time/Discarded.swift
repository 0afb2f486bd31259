import TreenityStore

/// Timelines that were left, on their way out of memory: a slice at a time, so that no key waits for it.
struct Discarded: Sendable {
    /// How many pieces go at once, of a few hundred changes each.
    private static let slice = 16

    private var remains: [TimelineRemains] = []

    var isEmpty: Bool { remains.isEmpty }

    mutating func add(_ timeline: Timeline) { remains.append(TimelineRemains(of: timeline)) }

    /// Lets go of the next slice.
    mutating func proceed() {
        for _ in 0..<Discarded.slice where !remains.isEmpty {
            remains[remains.count - 1].releasePiece()
            if remains[remains.count - 1].isEmpty { remains.removeLast() }
        }
    }
}
