public import TreenityLog

/// The entries of a data file's log after a place: those that stand there, then those that come.
public struct LogEntries: AsyncSequence, Sendable {
    /// What was appended at once, or a part of it.
    public typealias Element = [PlacedEntry]
    /// A ``TreenityLog/LogFailure``.
    public typealias Failure = any Error

    let file: DataFile
    let position: LogPosition

    /// Begins behind the place.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file: file, position: position) }

    /// Walks along the log.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let file: DataFile
        var position: LogPosition

        /// The next entries; `nil`: the file was closed, or the task is cancelled.
        public mutating func next() async throws -> [PlacedEntry]? {
            while !Task.isCancelled {
                let entries: [PlacedEntry]
                switch file.tail.next(after: position) {
                case .entries(let appended): entries = appended
                case .stored: entries = try await file.storedEntries(after: position)
                case .nothing:
                    await file.tail.wait(after: position)
                    continue
                case .closed: return nil
                }
                guard let last = entries.last else { throw LogFailure.damaged("the log ends before its end") }
                position = last.position
                return entries
            }
            return nil
        }
    }
}
