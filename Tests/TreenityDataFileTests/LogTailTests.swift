import Testing
import TreenityLog

@testable import TreenityDataFile

@Suite struct LogTailTests {
    private let tail = LogTail(end: LogPosition(10))

    /// What is found behind a place, in short.
    private func next(after position: Int64) -> String {
        switch tail.next(after: LogPosition(position)) {
        case .entries(let entries): entries.map { "\($0.position.number)" }.joined(separator: " ")
        case .stored: "stored"
        case .nothing: "nothing"
        case .closed: "closed"
        }
    }

    @Test("Entries are given as they were appended, from the place on")
    func groups() {
        tail.append([.numbered(1), .numbered(2), .numbered(3)], bytes: 3)
        tail.append([.numbered(4)], bytes: 1)
        #expect(tail.end == LogPosition(14))
        #expect(next(after: 10) == "11 12 13")
        #expect(next(after: 12) == "13")
        #expect(next(after: 13) == "14")
        #expect(next(after: 14) == "nothing")
        #expect(next(after: 9) == "stored")
    }

    @Test("What is large, or of many appends, does not stay at hand for long", arguments: [(20, 1 << 20), (9_000, 1)])
    func bound(count: Int, bytes: Int) {
        for _ in 0..<count { tail.append([.numbered(1)], bytes: bytes) }
        #expect(next(after: 10) == "stored")
        #expect(next(after: Int64(9 + count)) == "\(10 + count)")
    }

    @Test("Nothing comes after the end, but what is at hand is given out still")
    func closing() {
        tail.append([.numbered(1)], bytes: 1)
        tail.close()
        #expect(next(after: 10) == "11")
        #expect(next(after: 11) == "closed")
        #expect(next(after: 9) == "closed")
    }
}
