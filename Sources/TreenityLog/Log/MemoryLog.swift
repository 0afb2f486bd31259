import Synchronization

/// A log in memory, for one reader: what it has given is gone, and so is everything when the process ends.
///
/// It has no states, and is read from its beginning on once: where a reader stopped, the next one goes on.
public final class MemoryLog: PatchLog {
    private let machine: Mutex<MemoryLogMachine<CheckedContinuation<Void, Never>>>

    /// An empty log.
    ///
    /// - Parameter bound: where more entries than that are unread, appends return only when the reader has gone on, or
    ///   when their task is cancelled.
    public init(bound: Int = 20_000) {
        machine = Mutex(MemoryLogMachine(bound: bound))
    }

    /// The place of the last entry.
    public var end: LogPosition { machine.withLock { $0.end } }

    /// Gives entries to the reader.
    @discardableResult
    public func append(_ entries: [LogEntry]) async throws(LogFailure) -> ClosedRange<LogPosition> {
        precondition(!entries.isEmpty, "nothing to append")
        let (places, reader) = machine.withLock { $0.append(entries) }
        reader?.resume()
        await waitForRoom()
        return places
    }

    private func waitForRoom() async {
        guard machine.withLock({ $0.isFull }) else { return }
        await withTaskCancellationHandler {
            while !Task.isCancelled, machine.withLock({ $0.isFull }) {
                await withCheckedContinuation { waiter in
                    let waits = machine.withLock { !Task.isCancelled && $0.waitForRoom(waiter) }
                    if !waits { waiter.resume() }
                }
            }
        } onCancel: {
            machine.withLock { $0.takeAppenders() }.forEach { $0.resume() }
        }
    }

    /// All entries, each once, whatever the place.
    public func entries(after position: LogPosition) -> Entries { Entries(log: self) }

    /// Keeps nothing: there is no later start.
    public func save(
        stateAt position: LogPosition, chunks: some Sequence<[UInt8]> & Sendable
    ) async throws(LogFailure) {}

    /// Nothing.
    public func savedState() async throws(LogFailure) -> SavedState? { nil }
}

extension MemoryLog {
    /// The entries of a log in memory.
    public struct Entries: AsyncSequence, Sendable {
        /// What was appended since the last one.
        public typealias Element = [PlacedEntry]
        /// It has none.
        public typealias Failure = any Error

        fileprivate let log: MemoryLog

        /// Goes on where the last reader stopped.
        public func makeAsyncIterator() -> Iterator { Iterator(log: log) }
    }

    /// Reads a log in memory.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let log: MemoryLog

        /// What was appended since the last one, when there is something; `nil`: the task is cancelled.
        public func next() async throws -> [PlacedEntry]? { await log.next() }
    }

    private func next() async -> [PlacedEntry]? {
        await withTaskCancellationHandler {
            while !Task.isCancelled {
                let (entries, appenders) = machine.withLock { $0.take() }
                appenders.forEach { $0.resume() }
                guard entries.isEmpty else { return entries }
                await withCheckedContinuation { waiter in
                    let sleeps = machine.withLock { !Task.isCancelled && $0.sleep(waiter) }
                    if !sleeps { waiter.resume() }
                }
            }
            return nil
        } onCancel: {
            machine.withLock { $0.takeReader() }?.resume()
        }
    }
}
