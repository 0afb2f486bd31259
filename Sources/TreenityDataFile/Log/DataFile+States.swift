import GRDB
public import TreenityLog

extension DataFile {
    /// Keeps a state, part by part, so that appends get between; then drops the states but for this one and the one
    /// before, and the entries that led to that.
    ///
    /// One save at a time. A state at a place that has one is the same, and is not written again.
    ///
    /// - Throws: ``TreenityLog/LogFailure`` also where the task is cancelled. What was written is dropped by the next save.
    public func save(stateAt position: LogPosition, chunks: some Sequence<[UInt8]> & Sendable) async throws(LogFailure)
    {
        let number = position.number
        guard try await !read({ try StateRows.positions(in: $0).contains(number) }) else { return }
        try await sweep()
        var count = 0
        for chunk in chunks {
            guard !Task.isCancelled else { throw .unavailable("the saving of a state was given up") }
            let part = count
            try await write { try StateRows.add(chunk, part, of: number, $0) }
            count += 1
        }
        let parts = count
        try await write {
            try $0.execute(sql: "INSERT INTO states VALUES (?, ?)", arguments: [number, parts])
        }
        try await sweep()
    }

    /// The older of the two newest states.
    public func savedState() async throws(LogFailure) -> SavedState? {
        try await read { database in
            guard let position = try StateRows.positions(in: database).prefix(2).last else { return nil }
            return try StateRows.state(at: position, in: database)
        }
    }

    private func sweep() async throws(LogFailure) {
        while !Task.isCancelled, try await write({ try StateRows.sweep(in: $0) }) {}
    }
}
