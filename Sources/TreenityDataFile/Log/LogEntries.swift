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

        /// The next entries; `nil`: the file was closed, or the task is cancelled. Who is far behind when the file is closed
        /// does not get what only the file has.
        public mutating func next() async throws -> [PlacedEntry]? {
            while !Task.isCancelled {
                switch file.tail.next(after: position) {
                case .entries(let entries): return advanced(over: entries)
                case .stored: return advanced(over: try await stored())
                case .nothing: await file.tail.wait(after: position)
                case .closed: return nil
                }
            }
            return nil
        }

        private mutating func advanced(over entries: [PlacedEntry]?) -> [PlacedEntry]? {
            if let last = entries?.last { position = last.position }
            return entries
        }

        /// `nil`: reading ended with the file or the task.
        private func stored() async throws(LogFailure) -> [PlacedEntry]? {
            do {
                return try await file.storedEntries(after: position)
            } catch {
                if Task.isCancelled || file.tail.isClosed { return nil }
                throw error
            }
        }
    }
}
