public import TreenityLog

extension DataFile: PatchLog {
    /// The place of the last entry.
    public var end: LogPosition { tail.end }

    /// All entries after a place, then those that come.
    public func entries(after position: LogPosition) -> LogEntries { LogEntries(file: self, position: position) }

    /// The next entries after a place that stand in the file.
    ///
    /// - Throws: ``LogFailure`` where they cannot be read, or are not there.
    func storedEntries(after position: LogPosition) async throws(LogFailure) -> [PlacedEntry] {
        let entries = try await read { try EntryRow.entries(after: position, in: $0) }
        guard entries.isEmpty else { return entries }
        throw LogFailure(LogFailure.damaged("the log ends at entry \(position.number), before its end"), in: path)
    }
}
