import GRDB
public import TreenityLog
public import TreenityProtocol

extension DataFile: PatchArchive {
    /// Keeps patches, and drops some of the oldest where they are too old or too many.
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {
        guard let newest = patches.last?.received.milliseconds else { return }
        let oldest = options.keepAge.map { Timestamp(milliseconds: newest - Int64($0 / .milliseconds(1))) }
        let keepBytes = options.keepBytes
        try await write(isForced: false) { database in
            try ArchiveRows.insert(patches, in: database)
            _ = try ArchiveRows.prune(
                in: database, keepBytes: keepBytes, oldest: oldest, atMost: patches.count * 2 + 64)
        }
    }

    /// See ``TreenityLog/PatchArchive/history(of:before:limit:)``. O(patches told, and
    /// for each 65,536 patches kept the depth of the path × their log); where many patches are at the path or below, but
    /// few of them concern it, O(those).
    public func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool) {
        try await read { database in
            var search = HistorySearch(of: path, before: before, limit: limit)
            return try search.run(in: database)
        }
    }
}
