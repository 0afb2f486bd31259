import GRDB
import Logging
import Synchronization
public import TreenityLog
public import TreenityProtocol

extension DataFile: PatchArchive {
    /// Keeps patches, and drops some of the oldest where they are too old or too many.
    ///
    /// Where the disk takes none, they wait in memory for the next ones; of very many the oldest are dropped then, and that
    /// is logged.
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {
        guard backlog.withLock({ $0.append(patches) }) else { return }
        while true {
            let next = backlog.withLock { $0.next() }
            guard !next.isEmpty else { return }
            do {
                try await write(next)
                backlog.withLock { $0.written(next.count) }
            } catch {
                return try keep(becauseOf: error)
            }
        }
    }

    private func write(_ patches: ArraySlice<ArchivedPatch>) async throws(LogFailure) {
        let oldest = options.keepAge.flatMap { age in
            patches.last.map { Timestamp(milliseconds: $0.received.milliseconds - Int64(age / .milliseconds(1))) }
        }
        let keepBytes = options.keepBytes
        try await write { database in
            let count = try ArchiveRows.insert(patches, in: database)
            // More than came, so that what is too much becomes less.
            _ = try ArchiveRows.prune(in: database, keepBytes: keepBytes, oldest: oldest, atMost: 2 * count + 64)
        }
    }

    private func keep(becauseOf failure: LogFailure) throws(LogFailure) {
        let dropped = backlog.withLock { $0.failed() }
        guard !failure.isDamage else { throw failure }
        options.logger.warning(
            "the archive waits with patches", metadata: ["reason": "\(failure)", "dropped": "\(dropped)"])
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
