import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite final class ArchiveBacklogTests {
    private var backlog = ArchiveBacklog()

    private func append(_ numbers: ClosedRange<Int64>) -> Bool { backlog.append(numbers.map(ArchivedPatch.numbered)) }

    private func next() -> [Int64?] { backlog.next().map(\.patch.seq?.value) }

    private func failed() -> Int { backlog.failed() }

    @Test("One writes at a time, in bounded parts, also what comes meanwhile")
    func parts() {
        let size = Int64(ArchiveBacklog.atOnce)
        #expect(append(1...size + 1))
        #expect(next().count == Int(size))
        backlog.written(Int(size))
        #expect(!append(size + 2...size + 2))
        #expect(next() == [size + 1, size + 2])
        backlog.written(2)
        #expect(next().isEmpty)
        #expect(append(9_999...9_999))
    }

    @Test("What could not be written waits for the next to come")
    func waiting() {
        _ = append(1...2)
        _ = next()
        #expect(failed() == 0)
        #expect(append(3...3))
        #expect(next() == [1, 2, 3])
    }

    @Test("Of too many that wait the oldest are dropped, and counted")
    func dropping() {
        _ = append(1...Int64(ArchiveBacklog.capacity) + 3)
        #expect(failed() == 3)
        #expect(next().first == 4)
    }
}

extension ArchivedPatch {
    /// A patch told by its `seq`.
    static func numbered(_ number: Int64) -> ArchivedPatch {
        ArchivedPatch(
            patch: Patch(.edit(.integer(number)), "tree/n", seq: SequenceNumber(number)), previous: nil,
            received: Timestamp(milliseconds: 1_000))
    }
}
