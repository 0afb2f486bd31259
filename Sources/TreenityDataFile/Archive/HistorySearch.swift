import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// Looks for the patches of a history in the archive, newest first, one stretch of the order after the other.
///
/// Where few runs of a stretch may concern the address, the index names them; where many do, going through all of the
/// stretch finds enough soon.
struct HistorySearch {
    private var walk: HistoryWalk
    private let before: Int64
    private let limit: Int
    private var found: [ArchivedPatch] = []
    private var hasMore = false

    /// So many named runs cost about as much as going through a stretch.
    private static let few = 8_192

    init(of path: TreePath, before: SequenceNumber?, limit: Int) {
        walk = HistoryWalk(of: path)
        self.before = before?.value ?? .max
        self.limit = limit
    }

    mutating func run(in database: Database) throws -> (patches: [ArchivedPatch], more: Bool) {
        // Each by the key; both in one question would go through all of it.
        guard let first = try Int64.fetchOne(database, sql: "SELECT min(first) FROM archive"),
            let last = try Int64.fetchOne(database, sql: "SELECT last FROM archive ORDER BY first DESC LIMIT 1")
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
            return try passOver(part, index, in: database)
        }
        guard let candidates = try index.candidates(atMost: HistorySearch.few) else {
            return try scan(part, in: database)
        }
        for first in candidates {
            guard let run = try run(first, in: database) else { continue }
            if let end = try take(run, below: part.upperBound) { return end }
        }
        return part.lowerBound
    }

    /// Of what is not asked for, only what brought the thing matters.
    private mutating func passOver(_ part: Range<Int64>, _ index: PlaceIndex, in database: Database) throws -> Int64 {
        let start = max(part.lowerBound, before)
        // Also the run that begins before and reaches beyond.
        guard let first = try index.arrival(from: start - ArchiveRun.capacity), let run = try run(first, in: database),
            run.seqs.upperBound > start
        else { return start }
        return try take(run, below: part.upperBound) ?? first
    }

    private func run(_ first: Int64, in database: Database) throws -> StoredRun? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM archive WHERE first = ?")
        return try Row.fetchOne(statement, arguments: [first]).map(StoredRun.init)
    }

    private mutating func scan(_ part: Range<Int64>, in database: Database) throws -> Int64 {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT * FROM archive WHERE first >= ? AND first < ? ORDER BY first DESC"),
            arguments: [part.lowerBound, part.upperBound])
        while let row = try rows.next() {
            if let end = try take(StoredRun(row: row), below: part.upperBound) { return end }
        }
        return part.lowerBound
    }

    /// Takes the patches of a run that come before a place; returns where the address became another or enough was found.
    private mutating func take(_ run: StoredRun, below end: Int64) throws -> Int64? {
        for seq in run.seqs.reversed() where seq < end {
            let (path, target) = run.paths(of: seq)
            guard walk.mayConcern(path, target) else { continue }
            if try take(run.patch(seq), seq) { return seq }
        }
        return nil
    }

    /// Whether the address is another before that patch, or enough was found.
    private mutating func take(_ patch: ArchivedPatch, _ seq: Int64) throws -> Bool {
        let address = walk.address
        guard walk.take(patch.patch) else { return false }
        if seq < before {
            if found.count < limit { found.append(patch) } else { hasMore = true }
        }
        return hasMore || walk.address != address
    }
}
