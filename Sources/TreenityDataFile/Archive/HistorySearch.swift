import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// Looks for the patches of a history in the archive, newest first, one stretch of the order after the other.
///
/// Where few patches of a stretch may concern the address, the index names them; where many do, going through all of the
/// stretch finds enough of them soon.
struct HistorySearch {
    private var walk: HistoryWalk
    private let before: Int64
    private let limit: Int
    private var found: [ArchivedPatch] = []
    private var hasMore = false

    /// So many named patches cost about as much as going through a stretch.
    private static let few = 8_192

    init(of path: TreePath, before: SequenceNumber?, limit: Int) {
        walk = HistoryWalk(of: path)
        self.before = before?.value ?? .max
        self.limit = limit
    }

    mutating func run(in database: Database) throws -> (patches: [ArchivedPatch], more: Bool) {
        // Each by the key; both in one question would go through all of it.
        guard let first = try Int64.fetchOne(database, sql: "SELECT min(seq) FROM archive"),
            let last = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM archive")
        else { return ([], false) }
        // Patches from here on were looked at.
        var cursor = last + 1
        while !hasMore, cursor > first {
            let start = max(first, (cursor - 1) / ArchiveRows.stretch * ArchiveRows.stretch)
            cursor = try search(start..<cursor, in: database)
        }
        return (found, hasMore)
    }

    /// Looks through a part of one stretch, at most up to where the address becomes another; returns up to where.
    private mutating func search(_ part: Range<Int64>, in database: Database) throws -> Int64 {
        let index = PlaceIndex(database: database, address: walk.address, part: part)
        guard part.upperBound <= before else {
            // Of these only what brought the thing matters.
            let newest = try index.arrival(from: max(part.lowerBound, before))
            guard let newest else { return max(part.lowerBound, before) }
            return try take([newest], in: database) ?? newest
        }
        guard let candidates = try index.candidates(atMost: HistorySearch.few) else {
            return try scan(part, in: database)
        }
        return try take(candidates, in: database) ?? part.lowerBound
    }

    /// Takes named patches; returns where the address became another or enough was found.
    private mutating func take(_ candidates: [Int64], in database: Database) throws -> Int64? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM archive WHERE seq = ?")
        for seq in candidates {
            guard let row = try Row.fetchOne(statement, arguments: [seq]) else { continue }
            if try take(row, seq) { return seq }
        }
        return nil
    }

    private mutating func scan(_ part: Range<Int64>, in database: Database) throws -> Int64 {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT * FROM archive WHERE seq >= ? AND seq < ? ORDER BY seq DESC"),
            arguments: [part.lowerBound, part.upperBound])
        while let row = try rows.next() {
            guard walk.mayConcern(row["path"], row["target"]) else { continue }
            let seq: Int64 = row["seq"]
            if try take(row, seq) { return seq }
        }
        return part.lowerBound
    }

    /// Whether the address is another before that patch, or enough was found.
    private mutating func take(_ row: Row, _ seq: Int64) throws -> Bool {
        let data: Data = row["bytes"]
        let bytes = Array(data)
        guard row["checksum"] == checksum(bytes) else {
            throw LogFailure.damaged("patch \(seq) of the archive is not as it was written")
        }
        let patch = try ArchivedPatch(decoding: bytes, received: Timestamp(milliseconds: row["received"]))
        let address = walk.address
        guard walk.take(patch.patch) else { return false }
        if seq < before {
            if found.count < limit { found.append(patch) } else { hasMore = true }
        }
        return hasMore || walk.address != address
    }
}
