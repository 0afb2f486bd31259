import Foundation
import GRDB
import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct DataFileConditionTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    private func errorOnOpening(_ path: String? = nil) -> DataFileError? {
        do throws(DataFileError) {
            _ = try DataFile(at: path ?? bench.path, Workbench.options)
            return nil
        } catch {
            return error
        }
    }

    @Test("A second server is refused, and told whose the file is")
    func inUse() async throws {
        try await bench.withFile { _ in
            let error = try #require(errorOnOpening())
            #expect(error.description.contains("in use by another server (process \(getpid()))"))
        }
        #expect(errorOnOpening() == nil)
    }

    @Test("What is no data file is refused and left as it is")
    func foreign() throws {
        try Data("not a database, but long enough to be looked at".utf8).write(to: URL(fileURLWithPath: bench.path))
        #expect(errorOnOpening()?.description.contains("no data file of treenity") == true)
        let other = bench.folder + "/other.db"
        let queue = try DatabaseQueue(path: other)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
        try queue.close()
        #expect(errorOnOpening(other)?.description.contains("no data file of treenity") == true)
        #expect(errorOnOpening(bench.folder)?.description.contains("a folder") == true)
        #expect(errorOnOpening(bench.folder + "/none/tree.db")?.description.contains("there is no folder") == true)
    }

    @Test("A file of a version to come is refused")
    func newer() async throws {
        try await bench.withFile { file in
            try await file.write { try $0.execute(sql: "PRAGMA user_version = 3") }
        }
        #expect(errorOnOpening()?.description.contains("is of version 3") == true)
    }

    @Test("A file that lost its beginning, with a log beside it, is damaged and not new")
    func emptied() async throws {
        try await bench.withFile { _ = try await $0.append([.numbered(1)]) }
        try Data().write(to: URL(fileURLWithPath: bench.path))
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: bench.path + "-wal"))
        #expect(errorOnOpening()?.isDamage == true)
    }

    @Test("Damage to an entry is found when it is read, and said with its place")
    func damagedEntry() async throws {
        try await bench.withFile { file in
            for number in 1...3 { try await file.append([.numbered(number)]) }
            try await file.write {
                try $0.execute(sql: "UPDATE entries SET bytes = CAST(bytes || x'20' AS BLOB) WHERE first = 2")
            }
        }
        try await bench.withFile { file in
            let error = await #expect(throws: LogFailure.self) { try await file.first(3) }
            #expect(error?.isDamage == true)
            let reason = "it is damaged: entries 2 to 2 of the log are not as they were written."
            #expect(error?.description.hasPrefix(reason) == true)
            #expect(error?.description.contains("“treenity export --data \(bench.path)”") == true)
        }
        let salvage = try Salvage(of: bench.path)
        #expect(salvage.entries.map(\.entry.number) == [1])
        #expect(salvage.losses.count == 1)
    }

    @Test("A gap in the log is found")
    func gap() async throws {
        try await bench.withFile { file in
            for number in 1...3 { try await file.append([.numbered(number)]) }
            try await file.write { try $0.execute(sql: "DELETE FROM entries WHERE first = 2") }
        }
        try await bench.withFile { file in
            let error = await #expect(throws: LogFailure.self) { try await file.first(3) }
            #expect(error?.description.contains("the log has a gap: after entry 1 comes entry 3") == true)
        }
    }

    @Test("A damaged state is said to be so; what can be read is given out")
    func damagedState() async throws {
        try await bench.withFile { file in
            try await file.save(stateAt: .zero, chunks: [[1], [2]])
            try await file.append([.numbered(1)])
            try await file.save(stateAt: LogPosition(1), chunks: [[3]])
            try await file.append([.numbered(2)])
            try await file.write {
                try $0.execute(sql: "UPDATE parts SET bytes = x'09' WHERE position = 0 AND number = 1")
            }
            let error = await #expect(throws: LogFailure.self) { try await file.savedState() }
            #expect(error?.isDamage == true)
            // Also while the file is in use.
            let salvage = try Salvage(of: bench.path)
            #expect(salvage.state?.chunks == [[3]])
            #expect(salvage.entries.map(\.entry.number) == [2])
            #expect(salvage.losses.isEmpty)
        }
    }

    @Test("Damaged pages are damage, whatever SQLite makes of them")
    func damagedPages() async throws {
        try await bench.withFile { file in
            for start in stride(from: 1, to: 2_000, by: 20) {
                try await file.append((start..<start + 20).map { .numbered($0) })
            }
        }
        try bench.damage(at: 4_096 * 8, Array(repeating: 0xA5, count: 4_096 * 4))
        do {
            try await bench.withFile { _ = try await $0.first(2_000) }
            Issue.record("nothing was noticed")
        } catch let error as LogFailure {
            #expect(error.isDamage)
        } catch let error as DataFileError {
            #expect(error.isDamage)
        }
        #expect(try Salvage(of: bench.path).losses.isEmpty == false)
    }
}
