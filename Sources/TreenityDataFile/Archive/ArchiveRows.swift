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

    /// What a patch has to do with a path.
    enum Role: Int64, CaseIterable {
        /// It is its path.
        case at = 0
        /// A `MOVE` takes away what is there.
        case source = 1
        /// A `MOVE` brings what is there then.
        case target = 2
    }

    /// Keeps patches. Those of a `seq` that is kept already are left as they are.
    static func insert(_ patches: some Sequence<ArchivedPatch>, in database: Database) throws {
        let row = try database.cachedStatement(sql: "INSERT OR IGNORE INTO archive VALUES (?, ?, ?, ?, ?, ?)")
        let place = try database.cachedStatement(sql: "INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?)")
        var added = 0
        for archived in patches {
            guard let seq = archived.patch.seq?.value else { preconditionFailure("a patch without seq: \(archived)") }
            let (path, bytes) = (archived.patch.path.text, archived.encoded)
            let target: String? = if case .move(let to) = archived.patch.operation { to.text } else { nil }
            try row.run([seq, archived.received.milliseconds, path, target, Data(bytes), checksum(bytes)])
            guard database.changesCount > 0 else { continue }
            added += bytes.count
            let role: Role = target == nil ? .at : .source
            try place.run([seq / stretch, role.rawValue, path, seq])
            if let target { try place.run([seq / stretch, Role.target.rawValue, target, seq]) }
        }
        try addToTotal(added, database)
    }

    /// Drops some of the oldest patches where they are too old or too many.
    ///
    /// - Parameters:
    ///   - keepBytes: what the patches may take.
    ///   - oldest: patches that came before this moment go; `nil`: none for its age.
    ///   - count: how many patches at most go at once, and how many rows of the index.
    /// - Returns: whether more remain that should go.
    static func prune(
        in database: Database, keepBytes: Int, oldest: Timestamp?, atMost count: Int
    ) throws -> Bool {
        var excess = try total(database) - keepBytes
        var freed = 0
        var remains = false
        var last: Int64?
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT seq, received, length(bytes) FROM archive ORDER BY seq LIMIT ?"),
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
            try database.cachedStatement(sql: "DELETE FROM archive WHERE seq <= ?").execute(arguments: [last])
            try addToTotal(-freed, database)
        }
        return try prunePlaces(database, atMost: count) || remains
    }

    /// Drops the index of stretches of which no patch is left. What it says of single patches that are gone does no harm.
    private static func prunePlaces(_ database: Database, atMost count: Int) throws -> Bool {
        let first = try Int64.fetchOne(database.cachedStatement(sql: "SELECT min(seq) FROM archive"))
        guard let first else { return false }
        try database.cachedStatement(
            sql: """
                DELETE FROM places WHERE (stretch, role, path, seq) IN
                    (SELECT stretch, role, path, seq FROM places WHERE stretch < ? LIMIT ?)
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
