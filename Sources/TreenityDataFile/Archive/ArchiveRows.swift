import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// The rows of the archive.
enum ArchiveRows {
    /// Adds patches, but for those that are there.
    static func insert(_ patches: some Sequence<ArchivedPatch>, in database: Database) throws {
        var added = 0
        let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO archive VALUES (?, ?, ?, ?, ?, ?)")
        for patch in patches {
            var target: String?
            if case .move(let to) = patch.patch.operation { target = to.text }
            let bytes = patch.encoded
            try insert.execute(arguments: [
                patch.patch.seq?.value ?? 0, patch.received.milliseconds, patch.patch.path.text, target, Data(bytes),
                checksum(bytes),
            ])
            if database.changesCount > 0 { added += bytes.count }
        }
        try count(added, in: database)
    }

    private static func count(_ bytes: Int, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE totals SET value = value + ? WHERE name = 'archiveBytes'")
            .execute(arguments: [bytes])
    }

    /// Drops a bounded number of the oldest patches where there are too many; whether there still are.
    static func prune(in database: Database, keepBytes: Int, oldest: Int64?, atMost limit: Int) throws -> Bool {
        let total =
            try Int.fetchOne(
                database.cachedStatement(sql: "SELECT value FROM totals WHERE name = 'archiveBytes'")) ?? 0
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT seq, received, length(bytes) AS size FROM archive ORDER BY seq LIMIT ?"),
            arguments: [limit])
        var (freed, number, last) = (0, 0, Int64.min)
        while let row = try rows.next() {
            let received: Int64 = row["received"]
            guard total - freed > keepBytes || received < oldest ?? .min else { break }
            freed += row["size"] as Int
            last = row["seq"]
            number += 1
        }
        guard number > 0 else { return false }
        try database.execute(sql: "DELETE FROM archive WHERE seq <= ?", arguments: [last])
        try count(-freed, in: database)
        return number == limit
    }
}
