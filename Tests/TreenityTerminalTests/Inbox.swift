import TreenityUI

/// Collects what a terminal delivers.
@MainActor
struct Inbox {
    private let batches: AsyncStream<[TerminalEvent]>
    private let continuation: AsyncStream<[TerminalEvent]>.Continuation

    init() {
        (batches, continuation) = AsyncStream.makeStream()
    }

    func receive(_ events: [TerminalEvent]) {
        continuation.yield(events)
    }

    /// The next events, at least so many.
    func next(_ count: Int) async -> [TerminalEvent] {
        var collected: [TerminalEvent] = []
        for await batch in batches {
            collected += batch
            if collected.count >= count { break }
        }
        return collected
    }
}
