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
            } else {
                #expect(queue.popFirst() == array.first)
                array = Array(array.dropFirst())
            }
            if number % 500 == 250 { copies.append((queue, array)) }
        }
        copies.append((queue, array))
        for copy in copies { #expect((0..<copy.queue.count).map { copy.queue[$0] } == copy.array) }
    }
}
