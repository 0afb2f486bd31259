import Foundation
import GRDB
import Synchronization
import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct DataFileLifeTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    @Test("Each append is forced to the disk, from the first one on", arguments: 1...2)
    func synchronous(opening: Int) async throws {
        for _ in 1..<opening { try await bench.withFile { _ in } }
        try await bench.withFile { file in
            #expect(try await level(of: file) == 2)
            try await file.append([ArchivedPatch.numbered(1)])
            #expect(try await level(of: file) == 2)
        }
    }

    private func level(of file: DataFile) async throws -> Int? {
        try await file.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    @Test("The log is read by its key, not from its beginning")
    func plan() async throws {
        try await bench.withFile { file in
            let plan = try await file.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + EntryRow.reading, arguments: [1])
                    .map { $0["detail"] as String }
            }
            #expect(!plan.isEmpty)
            #expect(plan.allSatisfy { !$0.contains("SCAN") && !$0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test("A closed file takes nothing, and another may open it at once")
    func closed() async throws {
        let file = try DataFile(at: bench.path, Workbench.options)
        try await file.append([.numbered(1)])
        try file.close()
        try file.close()
        await #expect(throws: LogFailure.closed) { try await file.append([.numbered(2)]) }
        try await bench.withFile { file in #expect(file.end == LogPosition(1)) }
        // Kept until here, and the lock is not.
        #expect(file.end == LogPosition(1))
    }

    @Test("Appends that came before the file was closed are written")
    func draining() async throws {
        let file = try DataFile(at: bench.path, Workbench.options)
        let written = await withTaskGroup { group in
            for number in 0..<64 {
                group.addTask { (try? await file.append([.numbered(number)])) != nil }
            }
            _ = await group.next()
            do { try file.close() } catch { Issue.record(error) }
            return await group.reduce(1) { $1 ? $0 + 1 : $0 }
        }
        try await bench.withFile { #expect($0.end.number == Int64(written)) }
    }

    @Test("Appends of many tasks become one row where they wait for the same commit")
    func grouping() async throws {
        try await bench.withFile { file in
            let (gate, opener) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            file.pool.asyncWriteWithoutTransaction { _ in
                opener.signal()
                gate.wait()
            }
            opener.wait()
            try await withThrowingTaskGroup { group in
                for number in 0..<20 { group.addTask { try await file.append([.numbered(number)]) } }
                while file.appends.withLock({ $0.count }) < 20 { await Task.yield() }
                gate.signal()
                try await group.waitForAll()
            }
            #expect(try await file.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM entries") } == 1)
        }
    }

    @Test("An append is made although its task is cancelled")
    func cancelled() async throws {
        try await bench.withFile { file in
            let range = try await withThrowingTaskGroup { group in
                group.addTask { try await file.append([.numbered(1)]) }
                group.cancelAll()
                return try await group.next()
            }
            #expect(range == LogPosition(1)...LogPosition(1))
        }
    }

    @Test("A save that is given up leaves the states as they were")
    func givenUp() async throws {
        try await bench.withFile { file in
            try await file.save(stateAt: .zero, chunks: [[1]])
            await withTaskGroup { group in
                group.addTask {
                    try? await file.save(stateAt: LogPosition(1), chunks: repeatElement([2], count: 1_000))
                }
                group.cancelAll()
            }
            #expect(try await file.savedState()?.chunks == [[1]])
        }
    }

    @Test("While states are saved and patches archived, what is appended is followed without gap, also after reopening")
    func everythingAtOnce() async throws {
        let (writers, each) = (6, 60)
        for round in 0..<3 {
            try await bench.withFile { file in
                let start = file.end
                try await withThrowingTaskGroup { group in
                    for writer in 0..<writers {
                        group.addTask {
                            for number in 0..<each { try await file.append([.numbered(writer * 1_000 + number)]) }
                        }
                    }
                    group.addTask {
                        let entries = try await file.first(writers * each, after: start)
                        #expect(entries.map(\.position.number) == (1...Int64(writers * each)).map { start.number + $0 })
                        for writer in 0..<writers {
                            let own = entries.compactMap(\.entry.number).filter { $0 / 1_000 == writer }
                            #expect(own == (0..<each).map { writer * 1_000 + $0 })
                        }
                    }
                    group.addTask {
                        for number in 1...Int64(20) {
                            try await file.append([ArchivedPatch.numbered(Int64(round) * 20 + number)])
                        }
                    }
                    group.addTask {
                        for _ in 0..<5 {
                            try await file.save(
                                stateAt: file.end, chunks: repeatElement([UInt8](repeating: 3, count: 4_096), count: 20)
                            )
                        }
                    }
                    try await group.waitForAll()
                }
                let state = try #require(try await file.savedState())
                let missed = file.end.number - state.position.number
                #expect(try await file.first(Int(missed), after: state.position).count == Int(missed))
            }
        }
        try await bench.withFile { file in
            #expect(file.end.number == Int64(3 * writers * each))
            let history = try await file.history(of: "tree/n", before: nil, limit: 100)
            #expect(history.patches.map(\.patch.seq?.value) == (1...60).reversed().map { $0 })
        }
    }
}
