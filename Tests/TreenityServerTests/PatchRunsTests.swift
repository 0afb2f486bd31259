import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite struct PatchRunsTests {
    private var runs = PatchRuns()

    private mutating func add(_ places: [Int64], bytes: Int = 10) {
        let value = JSONValue.string(String(repeating: "x", count: bytes))
        for place in places { runs.append(Patch(.edit(value), "tree/a", seq: SequenceNumber(place))) }
        runs.endRun()
    }

    /// The places in the order of each frame's patches.
    private var frames: [[Int64]] {
        runs.frames.map { frame in
            switch frame {
            case .patch(let patch): [patch.seq?.value ?? 0]
            case .batch(let patches): patches.map { $0.seq?.value ?? 0 }
            default: []
            }
        }
    }

    @Test("Short runs share a frame, and a single patch is no batch")
    mutating func packing() {
        add([1])
        #expect(runs.frames.count == 1)
        guard case .patch = runs.frames[0] else { Issue.record("\(runs.frames)"); return }
        add([2, 3])
        add([])
        #expect(frames == [[1, 2, 3]])
        #expect(runs.count == 2)
    }

    @Test("A run is never divided, however long; what does not fit begins the next frame")
    mutating func dividing() {
        add([1, 2], bytes: 100_000)
        add([3, 4], bytes: 100_000)
        add([5], bytes: 100_000)
        add([6, 7, 8, 9], bytes: 100_000)
        add([10])
        #expect(frames == [[1, 2], [3, 4], [5], [6, 7, 8, 9], [10]])
    }

    @Test("What was taken back is not sent, and what stood before it is")
    mutating func takingBack() {
        runs.append(Patch(.delete, "tree/a", seq: SequenceNumber(1)))
        runs.dropRun()
        #expect(runs.isEmpty && runs.frames.isEmpty)
        add([1])
        runs.append([
            Patch(.delete, "tree/a", seq: SequenceNumber(2)), Patch(.delete, "tree/b", seq: SequenceNumber(3)),
        ])
        runs.dropRun()
        runs.endRun()
        #expect(frames == [[1]])
    }
}
