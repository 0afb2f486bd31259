import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// Puts patches into the archive's tables, and takes them out again.
///
/// `places` is the index for `HISTORY`. It lies in stretches of `seq`, so that what is new goes to a few pages of its end,
/// whatever its paths are, and what is old leaves a few pages of its beginning: an index over all paths would change a
/// page somewhere for nearly each patch.
enum ArchiveRows {
    /// So many places of the order make a stretch.
    static let stretch: Int64 = 65_536

    /// Keeps patches, in order. Those of a `seq` that is kept already are left as they are.
    ///
    /// - Returns: how many rows they are.
    @discardableResult
    static func insert(_ patches: some Sequence<ArchivedPatch>, in database: Database) throws -> Int {
        let newest =
            try Int64.fetchOne(database.cachedStatement(sql: "SELECT last FROM archive ORDER BY first DESC LIMIT 1"))
            ?? 0
        let runs = ArchiveRun.runs(of: patches.lazy.filter { $0.patch.seq?.value ?? 0 > newest })
        let row = try database.cachedStatement(sql: "INSERT INTO archive VALUES (?, ?, ?, ?, ?)")
        let place = try database.cachedStatement(sql: "INSERT INTO places VALUES (?, ?, ?, ?)")
        for run in runs {
            try row.run([run.first, run.last, run.received.milliseconds, Data(run.bytes), checksum(run.bytes)])
            for spoken in run.places {
                try place.run([run.first / stretch, spoken.role.rawValue, spoken.path, run.first])
            }
        }
        try addToTotal(runs.reduce(0) { $0 + $1.bytes.count }, database)
        return runs.count
    }

    /// Drops some of the oldest runs where they are too old or too many.
    ///
    /// - Parameters:
    ///   - keepBytes: what the patches may take.
    ///   - oldest: runs of which all patches came before this moment go; `nil`: none for its age.
    ///   - count: how many runs at most go at once, and how many rows of the index.
    /// - Returns: whether more remain that should go.
    static func prune(
        in database: Database, keepBytes: Int, oldest: Timestamp?, atMost count: Int
    ) throws -> Bool {
        var excess = try total(database) - keepBytes
        var freed = 0
        var remains = false
        var last: Int64?
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT first, received, length(bytes) FROM archive ORDER BY first LIMIT ?"),
            arguments: [count + 1])
        var seen = 0
        while let row = try rows.next() {
            let (received, size): (Int64, Int) = (row[1], row[2])
            guard excess > 0 || received < oldest?.milliseconds ?? .min else { break }
            remains = seen == count
            guard !remains else { break }
            seen += 1
            excess -= size
            freed += size
            last = row[0]
        }
        if let last {
            try database.cachedStatement(sql: "DELETE FROM archive WHERE first <= ?").execute(arguments: [last])
            try addToTotal(-freed, database)
        }
        return try prunePlaces(database, atMost: count) || remains
    }

    /// Drops the index of stretches of which no patch is left. What it says of single runs that are gone does no harm.
    private static func prunePlaces(_ database: Database, atMost count: Int) throws -> Bool {
        let first = try Int64.fetchOne(database.cachedStatement(sql: "SELECT min(first) FROM archive"))
        guard let first else { return false }
        try database.cachedStatement(
            sql: """
                DELETE FROM places WHERE (stretch, role, path, first) IN
                    (SELECT stretch, role, path, first FROM places WHERE stretch < ? LIMIT ?)
                """
        ).execute(arguments: [first / stretch, count])
        return database.changesCount == count
    }

    private static func addToTotal(_ bytes: Int, _ database: Database) throws {
        guard bytes != 0 else { return }
        try database.cachedStatement(sql: "UPDATE totals SET value = value + ? WHERE name = 'archiveBytes'")
            .execute(arguments: [bytes])
    }

    /// How many bytes the patches take.
    private static func total(_ database: Database) throws -> Int {
        let statement = try database.cachedStatement(sql: "SELECT value FROM totals WHERE name = 'archiveBytes'")
        return try Int.fetchOne(statement) ?? 0
    }
}

extension Statement {
    /// Without a look at whether the arguments are as many as the statement wants.
    fileprivate func run(_ arguments: StatementArguments) throws {
        setUncheckedArguments(arguments)
        try execute()
    }
}
