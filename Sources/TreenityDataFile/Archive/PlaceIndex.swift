import GRDB
import TreenityProtocol

/// What the index of a stretch says about one address.
struct PlaceIndex {
    let database: Database
    let address: TreePath
    /// Within one stretch.
    let part: Range<Int64>

    private var stretch: Int64 { part.lowerBound / ArchiveRows.stretch }

    /// The newest `MOVE` that brought what is at the address; `nil`: none did.
    ///
    /// - Parameter start: older ones are of no interest.
    /// - Complexity: O(depth × log of the stretch).
    func arrival(from start: Int64) throws -> Int64? {
        let statement = try database.cachedStatement(
            sql: "SELECT max(seq) FROM places WHERE stretch = ? AND role = ? AND path = ? AND seq >= ? AND seq < ?")
        let role = ArchiveRows.Role.target.rawValue
        return try addressAndAbove.compactMap { path in
            try Int64.fetchOne(statement, arguments: [stretch, role, path, start, part.upperBound])
        }.max()
    }

    /// The patches that may concern the address, newest first; `nil`: there are too many to name, or for the root nearly
    /// all.
    func candidates(atMost bound: Int) throws -> [Int64]? {
        guard !address.isRoot else { return nil }
        var places: Set<Int64> = []
        for role in ArchiveRows.Role.allCases {
            for path in addressAndAbove where places.count <= bound {
                places.formUnion(try seqs(role, "path = ?", [path], atMost: bound))
            }
            guard places.count <= bound else { return nil }
            // “0” follows “/”.
            let below = [address.text + "/", address.text + "0"]
            places.formUnion(try seqs(role, "path > ? AND path < ?", below, atMost: bound))
        }
        return places.count <= bound ? places.sorted(by: >) : nil
    }

    private func seqs(
        _ role: ArchiveRows.Role, _ condition: String, _ paths: [String], atMost bound: Int
    ) throws -> [Int64] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT seq FROM places
                WHERE stretch = ? AND role = ? AND \(condition) AND seq >= ? AND seq < ? LIMIT ?
                """)
        let arguments: StatementArguments = [stretch, role.rawValue]
        return try Int64.fetchAll(
            statement,
            arguments: arguments + StatementArguments(paths) + [part.lowerBound, part.upperBound, bound + 1])
    }

    private var addressAndAbove: [String] {
        Array(sequence(first: address) { $0.parent }.map(\.text))
    }
}
