import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// Looks for the patches of a history in the archive, newest first.
///
/// Where few patches are at the address or below, these are found by the index on paths; where many are, the newest ones are
/// found soon by going through all.
struct HistorySearch {
    private var walk: HistoryWalk
    private let before: Int64
    private let limit: Int
    /// Patches from here on were looked at.
    private var cursor = Int64.max
    private var found: [ArchivedPatch] = []

    /// At the address and below there are few patches where there are less.
    private static let few = 2_000

    init(of path: TreePath, before: SequenceNumber?, limit: Int) {
        walk = HistoryWalk(of: path)
        self.before = before?.value ?? .max
        self.limit = limit
    }

    mutating func run(in database: Database) throws -> (patches: [ArchivedPatch], more: Bool) {
        while true {
            let address = walk.address
            let candidates = try address.isRoot ? nil : indexed(address, in: database)
            var isDone = false
            var hasMoved = false
            if let candidates {
                (isDone, hasMoved) = try take(candidates, in: database)
            } else {
                (isDone, hasMoved) = try scan(in: database)
            }
            if isDone { return (found, true) }
            if !hasMoved { return (found, false) }
        }
    }

    // MARK: One address

    /// The places of the patches that may concern an address, newest first; `nil`: there are too many to name.
    private func indexed(_ address: TreePath, in database: Database) throws -> [Int64]? {
        let (low, high) = (address.text + "/", address.text + "0")
        var places: Set<Int64> = []
        for column in ["path", "target"] {
            let below = try Int64.fetchAll(
                database,
                sql: """
                    SELECT seq FROM archive
                    WHERE (\(column) = ? OR \(column) >= ? AND \(column) < ?) AND +seq < ? LIMIT ?
                    """,
                arguments: [address.text, low, high, cursor, HistorySearch.few])
            guard below.count < HistorySearch.few else { return nil }
            places.formUnion(below)
            var above = address.parent
            while let path = above {
                let rows = try Int64.fetchAll(
                    database, sql: "SELECT seq FROM archive WHERE \(column) = ? AND +seq < ? LIMIT ?",
                    arguments: [path.text, cursor, HistorySearch.few])
                guard rows.count < HistorySearch.few else { return nil }
                places.formUnion(rows)
                above = path.parent
            }
        }
        return places.sorted(by: >)
    }

    /// Whether enough was found, and whether the address is another from here on.
    private mutating func take(_ places: [Int64], in database: Database) throws -> (isDone: Bool, hasMoved: Bool) {
        for place in places {
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * FROM archive WHERE seq = ?"), arguments: [place])
            guard let row else { continue }
            let address = walk.address
            if try take(row) { return (true, false) }
            if walk.address != address { return (false, true) }
        }
        return (false, false)
    }

    private mutating func scan(in database: Database) throws -> (isDone: Bool, hasMoved: Bool) {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT * FROM archive WHERE seq < ? ORDER BY seq DESC"),
            arguments: [cursor])
        while let row = try rows.next() {
            let address = walk.address
            guard walk.mayConcern(row["path"], row["target"]) else { continue }
            if try take(row) { return (true, false) }
            if walk.address != address { return (false, true) }
        }
        return (false, false)
    }

    /// Whether enough was found.
    private mutating func take(_ row: Row) throws -> Bool {
        let seq: Int64 = row["seq"]
        let data: Data = row["bytes"]
        let bytes = Array(data)
        guard row["checksum"] == checksum(bytes) else {
            throw LogFailure.damaged("patch \(seq) of the archive is not as it was written")
        }
        let patch = try ArchivedPatch(decoding: bytes, received: Timestamp(milliseconds: row["received"]))
        cursor = seq
        guard walk.take(patch.patch), seq < before else { return false }
        guard found.count < limit else { return true }
        found.append(patch)
        return false
    }
}
