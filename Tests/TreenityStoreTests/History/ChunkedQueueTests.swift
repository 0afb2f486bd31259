import Testing
import TreenityTesting

@testable import TreenityStore

@Suite("Chunked queue")
struct ChunkedQueueTests {
    @Test("It is what an array is", arguments: Fuzz.seeds(6))
    func againstArray(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = ChunkedQueue<Int>()
        var array: [Int] = []
        var copies: [(queue: ChunkedQueue<Int>, array: [Int])] = []
        for number in 0..<3_000 {
            // Grows in the first half, shrinks in the second.
            if Int.random(in: 0..<10, using: &generator) < (number < 1_500 ? 7 : 3) {
                queue.append(number)
                array.append(number)
            } else if Bool.random(using: &generator) {
                #expect(queue.popFirst() == array.first)
                array = Array(array.dropFirst())
            } else {
                #expect(queue.popLast() == array.popLast())
            }
            if number % 500 == 250 { copies.append((queue, array)) }
        }
        copies.append((queue, array))
        for copy in copies { #expect((0..<copy.queue.count).map { copy.queue[$0] } == copy.array) }
    }

    @Test("Chunk by chunk all of it goes, and a copy keeps it")
    func chunks() {
        var queue = ChunkedQueue<Int>()
        for number in 0..<1_000 { queue.append(number) }
        for _ in 0..<100 { _ = queue.popFirst() }
        let copy = queue
        var counts: [Int] = []
        while queue.count > 0 {
            #expect(queue[0] == 1_000 - queue.count)
            queue.removeFirstChunk()
            counts.append(queue.count)
        }
        #expect(counts == [744, 488, 232, 0])
        queue.append(7)
        #expect(queue[0] == 7)
        #expect((0..<copy.count).map { copy[$0] } == Array(100..<1_000))
    }
}
