import GRDB
import TreenityProtocol

/// What the index of a stretch says about one address.
struct PlaceIndex {
    let database: Database
    let address: TreePath
    /// Within one stretch.
    let part: Range<Int64>

    private var stretch: Int64 { part.lowerBound / ArchiveRows.stretch }

    /// The newest run with a `MOVE` that brought what is at the address; `nil`: none has.
    ///
    /// - Parameter start: runs that begin before are of no interest.
    /// - Complexity: O(depth × log of the stretch).
    func arrival(from start: Int64) throws -> Int64? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT max(first) FROM places
                WHERE stretch = ? AND role = ? AND path = ? AND first >= ? AND first < ?
                """)
        let role = ArchiveRun.Role.target.rawValue
        return try addressAndAbove.compactMap { path in
            try Int64.fetchOne(statement, arguments: [stretch, role, path, start, part.upperBound])
        }.max()
    }

    /// The runs with patches that may concern the address, newest first; `nil`: there are too many to name, or for the root
    /// nearly all.
    func candidates(atMost bound: Int) throws -> [Int64]? {
        guard !address.isRoot else { return nil }
        var runs: Set<Int64> = []
        for role in ArchiveRun.Role.allCases {
            for path in addressAndAbove {
                guard try name(role, "path = ?", [path], atMost: bound, in: &runs) else { return nil }
            }
            // “0” follows “/”.
            let below = [address.text + "/", address.text + "0"]
            guard try name(role, "path > ? AND path < ?", below, atMost: bound, in: &runs) else { return nil }
        }
        return runs.sorted(by: >)
    }

    /// `false`: there are too many.
    private func name(
        _ role: ArchiveRun.Role, _ condition: String, _ paths: [String], atMost bound: Int, in runs: inout Set<Int64>
    ) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: """
                SELECT first FROM places
                WHERE stretch = ? AND role = ? AND \(condition) AND first >= ? AND first < ? LIMIT ?
                """)
        let arguments: StatementArguments = [stretch, role.rawValue]
        // Several paths may lead to one run.
        let named = try Int64.fetchAll(
            statement,
            arguments: arguments + StatementArguments(paths) + [part.lowerBound, part.upperBound, bound + 1])
        runs.formUnion(named)
        return named.count <= bound && runs.count <= bound
    }

    private var addressAndAbove: [String] {
        Array(sequence(first: address) { $0.parent }.map(\.text))
    }
}
