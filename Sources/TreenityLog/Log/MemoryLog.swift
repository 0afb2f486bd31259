import Synchronization

/// A log in memory, for one reader: what it has given is gone, and so is everything when the process ends.
public final class MemoryLog: PatchLog {
    /// What ``entries(after:)`` gives.
    public typealias Entries = AsyncThrowingStream<[PlacedEntry], any Error>

    private let stream: Entries
    private let continuation: Entries.Continuation
    private let last = Mutex(LogPosition.zero)

    /// An empty log.
    public init() {
        (stream, continuation) = Entries.makeStream()
    }

    /// The place of the last entry.
    public var end: LogPosition { last.withLock { $0 } }

    /// Gives entries to the reader.
    @discardableResult
    public func append(_ entries: [LogEntry]) async throws(LogFailure) -> ClosedRange<LogPosition> {
        last.withLock { last in
            let first = last.next
            var placed: [PlacedEntry] = []
            placed.reserveCapacity(entries.count)
            for entry in entries {
                last = last.next
                placed.append(PlacedEntry(entry, at: last))
            }
            continuation.yield(placed)
            return first...last
        }
    }

    /// All entries, once.
    public func entries(after position: LogPosition) -> Entries { stream }

    /// Keeps nothing: there is no later start.
    public func save(
        stateAt position: LogPosition, chunks: some Sequence<[UInt8]> & Sendable
    ) async throws(LogFailure) {}

    /// Nothing.
    public func savedState() async throws(LogFailure) -> SavedState? { nil }
}
