import Foundation
import GRDB
import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct DataFileLogTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    @Test("What was appended is there when the file is opened again, in one order without gaps")
    func reopening() async throws {
        try await bench.withFile { file in
            let one = try await file.append([.numbered(1), .numbered(2)])
            #expect(one == LogPosition(1)...LogPosition(2))
            try await file.append([.numbered(3)])
        }
        try await bench.withFile { file in
            #expect(file.end == LogPosition(3))
            try await file.append([.numbered(4)])
            let entries = try await file.first(4)
            #expect(entries.map(\.position.number) == [1, 2, 3, 4])
            #expect(entries.map(\.entry) == (1...4).map(LogEntry.numbered))
            #expect(try await file.first(1, after: LogPosition(3)).map(\.entry.number) == [4])
            #expect(try await file.first(1, after: LogPosition(1)).first?.entry.number == 2)
        }
    }

    @Test("A follower gets what stands there and what comes, each once")
    func following() async throws {
        try await bench.withFile { file in
            for number in 0..<50 { try await file.append([.numbered(number)]) }
            try await withThrowingTaskGroup { group in
                group.addTask { try await file.first(5_050) }
                group.addTask {
                    for number in 50..<5_050 where number % 10 == 0 {
                        try await file.append((number..<number + 10).map(LogEntry.numbered))
                    }
                    return []
                }
                for try await entries in group where !entries.isEmpty {
                    #expect(entries.map(\.entry.number) == (0..<5_050).map(Optional.init))
                    #expect(entries.map(\.position.number) == (1...5_050).map(Int64.init))
                }
            }
        }
    }

    @Test("A follower that is far behind reads from the file what is no longer at hand")
    func fallingBehind() async throws {
        try await bench.withFile { file in
            var follower = file.entries(after: .zero).makeAsyncIterator()
            try await file.append([.numbered(0)])
            #expect(try await follower.next()?.count == 1)
            for start in stride(from: 1, to: 9_001, by: 1_000) {
                try await file.append((start..<start + 1_000).map(LogEntry.numbered))
            }
            var count = 1
            while count < 9_001, let entries = try await follower.next() {
                #expect(entries.first?.entry.number == count)
                count += entries.count
            }
            #expect(count == 9_001)
        }
    }

    @Test("Appends of many tasks are all there, each in one piece")
    func manyWriters() async throws {
        try await bench.withFile { file in
            try await withThrowingDiscardingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<40 {
                            let range = try await file.append(
                                [.numbered(writer * 1_000 + number), .numbered(writer * 1_000 + number)])
                            #expect(range.upperBound.number == range.lowerBound.number + 1)
                        }
                    }
                }
            }
            let numbers = try await file.first(640).compactMap(\.entry.number)
            #expect(numbers.count == 640)
            for writer in 0..<8 {
                let own = numbers.filter { $0 / 1_000 == writer }
                let expected: [Int] = (0..<80).map { writer * 1_000 + $0 / 2 }
                #expect(own == expected)
            }
        }
    }

    @Test("A follower ends when the file is closed, or its task is cancelled")
    func ending() async throws {
        let file = try DataFile(at: bench.path, Workbench.options)
        try await withThrowingTaskGroup { group in
            group.addTask { try await file.first(10).count }
            group.addTask { try await file.first(10).count }
            try await file.append([.numbered(1)])
            group.cancelAll()
            for try await count in group { #expect(count <= 1) }
        }
        async let rest = file.first(10)
        try file.close()
        #expect(try await rest.count <= 1)
    }

    @Test("A state is kept; the older of two is started from, and what led to it is dropped")
    func states() async throws {
        try await bench.withFile { file in
            #expect(try await file.savedState() == nil)
            try await file.save(stateAt: .zero, chunks: [[1], [2, 3]])
            #expect(try await file.savedState()?.chunks == [[1], [2, 3]])
            for number in 1...30 { try await file.append([.numbered(number)]) }
            try await file.save(stateAt: LogPosition(10), chunks: [[10]])
            #expect(try await file.savedState()?.position == .zero)
            try await file.save(stateAt: LogPosition(20), chunks: [[20]])
        }
        try await bench.withFile { file in
            let state = try #require(try await file.savedState())
            #expect(state.position == LogPosition(10))
            #expect(state.chunks == [[10]])
            #expect(try await file.first(20, after: state.position).first?.entry.number == 11)
            let first = try await file.read { try Int64.fetchOne($0, sql: "SELECT MIN(first) FROM entries") }
            #expect(first == 11)
            #expect(try await file.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM parts") } == 2)
        }
    }

    @Test("A state that did not become whole counts for nothing, and is swept away by the next")
    func partialState() async throws {
        try await bench.withFile { file in
            try await file.save(stateAt: .zero, chunks: [[1]])
            try await file.write {
                try $0.execute(sql: "INSERT INTO parts VALUES (5, 0, x'00', 0)")
            }
            #expect(try await file.savedState()?.position == .zero)
            try await file.save(stateAt: LogPosition(9), chunks: [[9]])
            #expect(try await file.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM parts") } == 2)
        }
    }
}
