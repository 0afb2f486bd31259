import TreenityProtocol
import TreenityWebSocket

/// Always the same bits.
struct FixedRandomness: RandomNumberGenerator, Sendable {
    var bits: UInt64

    func next() -> UInt64 { bits }
}

/// Lets its sleepers sleep until they are cancelled.
struct StandingClock: Clock {
    typealias Instant = ContinuousClock.Instant

    var now: Instant { ContinuousClock.now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        continuation.finish()
    }
}

let welcome = Welcome(
    session: "s", user: "ann", epoch: "e", seq: SequenceNumber(7), time: Timestamp(milliseconds: 1),
    maximumMessageBytes: 1_000, maximumBatch: 10)

func patch(_ seq: Int64?, _ path: TreePath = "tree/a") -> Patch {
    Patch(.edit("x"), path, timestamp: Timestamp(milliseconds: 5), seq: seq.map(SequenceNumber.init))
}

func snapshot(more: Bool) -> Snapshot {
    let node = Snapshot.Node(path: "tree", properties: [:], children: 0, timestamp: nil)
    return Snapshot(id: "s1", path: "tree", seq: SequenceNumber(7), nodes: [node], more: more)
}

func text(_ frame: ServerFrame) -> WebSocketMessage { .text(frame.encoded()) }
