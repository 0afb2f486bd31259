import Foundation
import GRDB
import Logging
public import TreenityLog
public import TreenityProtocol

extension DataFile: PatchArchive {
    /// Keeps patches, and drops some of the oldest where they are too old or too many.
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {
        let rows = patches.map(ArchiveRow.init)
        let oldest = options.keepAge.flatMap { age in
            patches.last.map { $0.received.milliseconds - Int64(age / .milliseconds(1)) }
        }
        let keepBytes = options.keepBytes
        try await write(isForced: false) { database in
            var added = 0
            let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO archive VALUES (?, ?, ?, ?, ?, ?)")
            for row in rows {
                try insert.execute(arguments: row.arguments)
                if database.changesCount > 0 { added += row.bytes.count }
            }
            let total = try DataFile.addToArchive(added, database)
            try DataFile.prune(
                database, total: total, keepBytes: keepBytes, oldest: oldest, atMost: rows.count * 2 + 64)
        }
    }

    private static func addToArchive(_ bytes: Int, _ database: Database) throws -> Int {
        try database.cachedStatement(sql: "UPDATE totals SET value = value + ? WHERE name = 'archiveBytes'")
            .execute(arguments: [bytes])
        return try Int.fetchOne(
            database.cachedStatement(sql: "SELECT value FROM totals WHERE name = 'archiveBytes'")) ?? 0
    }

    /// Drops a bounded number of the oldest patches.
    private static func prune(
        _ database: Database, total: Int, keepBytes: Int, oldest: Int64?, atMost count: Int
    ) throws {
        guard total > keepBytes || oldest != nil else { return }
        var excess = total - keepBytes
        var freed = 0
        var last: Int64?
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT seq, received, length(bytes) AS size FROM archive ORDER BY seq LIMIT ?"),
            arguments: [count])
        while let row = try rows.next() {
            let (seq, received, size): (Int64, Int64, Int) = (row["seq"], row["received"], row["size"])
            guard excess > 0 || received < oldest ?? .min else { break }
            excess -= size
            freed += size
            last = seq
        }
        guard let last else { return }
        try database.execute(sql: "DELETE FROM archive WHERE seq <= ?", arguments: [last])
        _ = try addToArchive(-freed, database)
    }

    /// See ``TreenityLog/PatchArchive/history(of:before:limit:)``. O(patches told × log of those kept) where few or
    /// nearly all patches are near the path; up to O(patches kept) between.
    public func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool) {
        try await read { database in
            var search = HistorySearch(of: path, before: before, limit: limit)
            return try search.run(in: database)
        }
    }
}

/// One patch as it is kept.
private struct ArchiveRow: Sendable {
    let seq: Int64
    let received: Int64
    let path: String
    let target: String?
    let bytes: [UInt8]

    init(_ patch: ArchivedPatch) {
        seq = patch.patch.seq?.value ?? 0
        received = patch.received.milliseconds
        path = patch.patch.path.text
        if case .move(let to) = patch.patch.operation { target = to.text } else { target = nil }
        bytes = patch.encoded
    }

    var arguments: StatementArguments { [seq, received, path, target, Data(bytes), checksum(bytes)] }
}
