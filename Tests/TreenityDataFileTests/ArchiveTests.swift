import GRDB
import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct ArchiveTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    private func edit(_ path: TreePath, _ seq: Int64, received: Int64 = 0, value: JSONValue = 1) -> ArchivedPatch {
        let patch = Patch(.edit(value), path, timestamp: Timestamp(milliseconds: 0), seq: SequenceNumber(seq))
        return ArchivedPatch(patch: patch, previous: nil, received: Timestamp(milliseconds: received))
    }

    /// How far patches lie from one another: over many stretches, without a gap over the border between two, and in runs of
    /// about ten.
    private static let orders: [@Sendable (Int64) -> Int64] = [
        { $0 * 1_997 }, { 65_400 + $0 }, { $0 + $0 / 10 * 13_000 },
    ]

    @Test(
        "A history is the same as of an archive in memory, however long the runs are",
        arguments: 0..<4 as Range<UInt64>,
        0..<3)
    func sameAsInMemory(seed: UInt64, order: Int) async throws {
        var story = RandomStory(seed: seed)
        let patches = (1...200).map { story.next(seq: ArchiveTests.orders[order]($0)) }
        let memory = MemoryArchive()
        try await memory.append(patches)
        try await bench.withFile { file in
            for start in stride(from: 0, to: patches.count, by: 50) {
                try await file.append(Array(patches[start..<start + 50]))
            }
            for path in story.paths.prefix(40) {
                var before: SequenceNumber?
                var more = true
                while more {
                    let expected = try await memory.history(of: path, before: before, limit: 7)
                    let found = try await file.history(of: path, before: before, limit: 7)
                    #expect(found.patches == expected.patches, "\(path) before \(before?.value ?? -1)")
                    #expect(found.more == expected.more)
                    more = expected.more
                    before = expected.patches.last?.patch.seq
                }
            }
        }
    }

    @Test("Many patches at a path do not hide the few that brought it, nor those further up")
    func crowdedPath() async throws {
        try await bench.withFile { file in
            var patches = [edit("tree/old/n/p", 1)]
            patches.append(
                ArchivedPatch(
                    patch: Patch(.move(to: "tree/new"), "tree/old", seq: SequenceNumber(2)), previous: nil,
                    received: Timestamp(milliseconds: 0)))
            patches += (3...9_000).map { edit("tree/new/n/q", $0) }
            try await file.append(patches)
            let property = try await file.history(of: "tree/new/n/p", before: nil, limit: 10)
            #expect(property.patches.map { $0.patch.seq?.value } == [2, 1])
            let page = try await file.history(of: "tree/new/n", before: SequenceNumber(4), limit: 10)
            #expect(page.patches.map { $0.patch.seq?.value } == [3, 2, 1])
            let newest = try await file.history(of: "tree/new", before: nil, limit: 2)
            #expect(newest.patches.map { $0.patch.seq?.value } == [9_000, 8_999])
            #expect(newest.more)
        }
    }

    @Test("Patches that are kept already are left as they are")
    func again() async throws {
        try await bench.withFile { file in
            try await file.append([edit("tree/a", 1), edit("tree/a", 2)])
            let bytes = try await total(file)
            try await file.append([edit("tree/b", 2), edit("tree/b", 3)])
            #expect(try await file.history(of: "tree/a", before: nil, limit: 9).patches.count == 2)
            #expect(try await file.history(of: "tree/b", before: nil, limit: 9).patches.count == 1)
            #expect(try await total(file) == bytes / 2 * 3)
        }
    }

    @Test("The oldest runs go when the archive grows too large, their places with them")
    func size() async throws {
        var options = Workbench.options
        options.keepBytes = 20_000
        try await bench.withFile(options) { file in
            for number in 1...300 {
                let patches = try (1...10).map { place in
                    edit(try TreePath(parsing: "tree/n\(place)"), Int64(number * 2_000 + place))
                }
                try await file.append(patches)
            }
            #expect(try await total(file) <= 20_000)
            let (patches, places) = try await file.read { database in
                (
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM archive") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM places") ?? 0
                )
            }
            #expect(patches > 5)
            #expect(places < 10 * patches + 2 * 330)
            let history = try await file.history(of: "tree/n3", before: nil, limit: 1_000)
            #expect(history.patches.first?.patch.seq?.value == 600_003)
            #expect(history.patches.count < 50)
            #expect(history.more == false)
        }
    }

    @Test("Patches go when they are too old, measured by the newest")
    func age() async throws {
        var options = Workbench.options
        options.keepAge = .seconds(10)
        try await bench.withFile(options) { file in
            for number in 1...20 as ClosedRange<Int64> {
                try await file.append([edit("tree/a", number, received: number * 1_000)])
            }
            let history = try await file.history(of: "tree/a", before: nil, limit: 100)
            #expect(history.patches.compactMap { $0.patch.seq?.value } == (10...20).reversed())
        }
    }

    @Test("What is dropped at once is bounded, and what remains is told")
    func slices() async throws {
        try await bench.withFile { file in
            for number in 1...100 as ClosedRange<Int64> { try await file.append([edit("tree/a", number)]) }
            func prune() async throws -> Bool {
                try await file.write { database in
                    try ArchiveRows.prune(in: database, keepBytes: 0, oldest: nil, atMost: 30)
                }
            }
            var rounds = 1
            while rounds < 10, try await prune() { rounds += 1 }
            #expect(rounds == 4)
            #expect(try await total(file) == 0)
            #expect(try await file.history(of: "tree/a", before: nil, limit: 9).patches.isEmpty)
        }
    }

    @Test("A run that is not as it was written is damage, named by its place in the order")
    func damage() async throws {
        try await bench.withFile { file in
            try await file.append([edit("tree/a", 1), edit("tree/a", 2)])
            try await file.append([edit("tree/b", 3)])
            try await file.write {
                try $0.execute(sql: "UPDATE archive SET bytes = x'7B7D' WHERE first = 1")
            }
            #expect(try await file.history(of: "tree/b", before: nil, limit: 9).patches.count == 1)
            let error = await #expect(throws: LogFailure.self) { () async throws in
                _ = try await file.history(of: "tree/a", before: nil, limit: 9)
            }
            #expect(error?.isDamage == true)
            #expect(error?.description.contains("patches 1 to 2 of the archive") == true)
        }
    }

    @Test("A rare node is looked up in the index, never by going through patches")
    func plan() async throws {
        try await bench.withFile { file in
            let plan = try await file.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        EXPLAIN QUERY PLAN SELECT first FROM places
                        WHERE stretch = 1 AND role = 0 AND path > 'a' AND path < 'b' AND first >= 1 AND first < 2 LIMIT 9
                        """
                ).map { $0["detail"] as String }
            }
            #expect(plan == ["SEARCH places USING PRIMARY KEY (stretch=? AND role=? AND path>? AND path<?)"])
        }
    }

    @Test("Patches that follow on one another are few rows, of bounded size, that name each path once")
    func runs() async throws {
        let long = JSONValue.string(String(repeating: "x", count: 40_000))
        let patches = (1...300).map { edit($0 % 2 == 0 ? "tree/a" : "tree/b", $0) }
        let large = (301...310).map { edit("tree/a", $0, value: long) }
        let runs = ArchiveRun.runs(of: patches + large)
        #expect(runs.map(\.first) == [1, 257, 305, 309])
        #expect(runs.map(\.last) == [256, 304, 308, 310])
        #expect(runs[0].places.map(\.path).sorted() == ["tree/a", "tree/b"])
        #expect(
            ArchiveRun.runs(of: [65_535, 65_536, 65_538].map(ArchivedPatch.numbered)).map(\.first) == [
                65_535, 65_536, 65_538,
            ])
    }

    private func total(_ file: DataFile) async throws -> Int {
        try await file.read {
            try Int.fetchOne($0, sql: "SELECT value FROM totals WHERE name = 'archiveBytes'") ?? -1
        }
    }
}
