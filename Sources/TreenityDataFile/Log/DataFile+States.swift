import Foundation
import GRDB
public import TreenityLog

extension DataFile {
    /// Keeps a state, part by part, so that appends get between; then drops the states but for this one and the one
    /// before, and the entries that led to that.
    public func save(stateAt position: LogPosition, chunks: some Sequence<[UInt8]> & Sendable) async throws(LogFailure)
    {
        let number = position.number
        try await write(isForced: false) { database in
            try database.execute(sql: "DELETE FROM states WHERE position = ?", arguments: [number])
            // What was left of a state that did not become whole.
            try database.execute(sql: "DELETE FROM parts WHERE position NOT IN (SELECT position FROM states)")
        }
        var count = 0
        for chunk in chunks {
            let part = count
            try await write(isForced: false) { database in
                try database.cachedStatement(sql: "INSERT INTO parts VALUES (?, ?, ?, ?)")
                    .execute(arguments: [number, part, Data(chunk), checksum(chunk)])
            }
            count += 1
        }
        let parts = count
        try await write(isForced: true) { database in
            try database.execute(sql: "INSERT INTO states VALUES (?, ?)", arguments: [number, parts])
        }
        try await dropOld()
    }

    /// The older of the two newest states.
    public func savedState() async throws(LogFailure) -> SavedState? {
        let positions = try await statePositions()
        guard let position = positions.prefix(2).last else { return nil }
        return try await state(at: position)
    }

    /// Of the whole states, the newest first.
    func statePositions() async throws(LogFailure) -> [Int64] {
        try await read { try Int64.fetchAll($0, sql: "SELECT position FROM states ORDER BY position DESC") }
    }

    private func state(at position: Int64) async throws(LogFailure) -> SavedState {
        try await read { try StateRows.state(at: position, in: $0) }
    }

    private func dropOld() async throws(LogFailure) {
        guard let kept = try await statePositions().prefix(2).last else { return }
        try await write(isForced: false) { database in
            try database.execute(sql: "DELETE FROM states WHERE position < ?", arguments: [kept])
        }
        let slices = [
            "DELETE FROM parts WHERE rowid IN (SELECT rowid FROM parts WHERE position < ? LIMIT 16)",
            "DELETE FROM entries WHERE first IN (SELECT first FROM entries WHERE last <= ? LIMIT 512)",
        ]
        for slice in slices {
            var remains = true
            while remains {
                remains = try await write(isForced: false) { database in
                    try database.execute(sql: slice, arguments: [kept])
                    return database.changesCount > 0
                }
            }
        }
    }
}

/// Reads states.
enum StateRows {
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
}
