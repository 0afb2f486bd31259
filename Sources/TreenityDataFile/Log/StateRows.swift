import Foundation
import GRDB
import TreenityLog

/// The rows of states: a state's parts, and, when it is whole, the row that says so.
enum StateRows {
    /// Of the whole states, the newest first.
    static func positions(in database: Database) throws -> [Int64] {
        try Int64.fetchAll(database, sql: "SELECT position FROM states ORDER BY position DESC")
    }

    static func add(_ chunk: [UInt8], _ number: Int, of position: Int64, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO parts VALUES (?, ?, ?, ?)")
            .execute(arguments: [position, number, Data(chunk), checksum(chunk)])
    }

    /// - Throws: ``LogFailure`` (damaged), or an error of the database.
    static func state(at position: Int64, in database: Database) throws -> SavedState {
        let parts = try Int.fetchOne(
            database, sql: "SELECT parts FROM states WHERE position = ?", arguments: [position])
        let rows = try Row.fetchCursor(
            database, sql: "SELECT number, bytes, checksum FROM parts WHERE position = ? ORDER BY number",
            arguments: [position])
        var chunks: [[UInt8]] = []
        while let row = try rows.next() {
            let data: Data = row["bytes"]
            let bytes = Array(data)
            guard row["number"] == chunks.count, row["checksum"] == checksum(bytes) else {
                throw LogFailure.damaged("part \(chunks.count) of the state at \(position) is not as it was written")
            }
            chunks.append(bytes)
        }
        guard chunks.count == parts else {
            throw LogFailure.damaged("the state at \(position) has \(chunks.count) parts of \(parts ?? 0)")
        }
        return SavedState(position: LogPosition(position), chunks: chunks)
    }

    /// Drops some of what no state needs that is kept; `false`: there was nothing.
    ///
    /// That are the states before the two newest, parts of what did not become a state, and the entries up to the older one
    /// of the two.
    static func sweep(in database: Database) throws -> Bool {
        let kept = try positions(in: database).prefix(2)
        guard let oldest = kept.last else { return try sweepParts(in: database) }
        try database.execute(sql: "DELETE FROM states WHERE position < ?", arguments: [oldest])
        if try sweepParts(in: database) { return true }
        guard kept.count == 2 else { return false }
        try database.execute(
            sql: """
                DELETE FROM entries WHERE first IN (
                    SELECT first FROM entries WHERE first <= ?1 AND last <= ?1 ORDER BY first LIMIT 512)
                """, arguments: [oldest])
        return database.changesCount > 0
    }

    private static func sweepParts(in database: Database) throws -> Bool {
        try database.execute(
            sql: """
                DELETE FROM parts WHERE rowid IN (
                    SELECT rowid FROM parts WHERE position NOT IN (SELECT position FROM states) LIMIT 8)
                """)
        return database.changesCount > 0
    }
}
