import Testing
import TreenityTesting

@testable import TreenityStore

@Suite("The hash index")
struct HashIndexTests {
    /// Hashes as they come, many that are alike in their upper bits, and many that are the same.
    private static let spreads: [@Sendable (UInt64) -> UInt32] = [
        { UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B9_7F4A_7C15 >> 20) },
        { UInt32(truncatingIfNeeded: $0 & 0xFFF) },
        { _ in 7 },
    ]

    @Test(
        "Numbers are found, and found no more, under random insertion and removal", arguments: 0..<4 as Range<UInt64>,
        0..<3)
    func randomSteps(_ seed: UInt64, _ spread: Int) {
        let hash = HashIndexTests.spreads[spread]
        var generator = SeededGenerator(seed: seed)
        var index = HashIndex()
        var inserted: Set<Int32> = []
        for _ in 0..<(spread == 2 ? 600 : 6_000) {
            let number = Int32.random(in: 0..<2_000, using: &generator)
            if inserted.remove(number) != nil {
                index.remove(number, hash: hash(UInt64(number)))
            } else {
                inserted.insert(number)
                index.insert(number, hash: hash(UInt64(number)))
            }
        }
        for number in 0..<2_000 as Range<Int32> {
            let found = index.find(hash(UInt64(number))) { $0 == number }
            #expect(found == (inserted.contains(number) ? number : -1))
        }
    }

    @Test("A copy stays as it was")
    func copies() {
        var index = HashIndex()
        for number in 0..<1_000 as Range<Int32> { index.insert(number, hash: UInt32(number) &* 0x9E37_79B9) }
        let copy = index
        for number in 0..<1_000 as Range<Int32> { index.remove(number, hash: UInt32(number) &* 0x9E37_79B9) }
        #expect(copy.find(5 &* 0x9E37_79B9) { $0 == 5 } == 5)
        #expect(index.find(5 &* 0x9E37_79B9) { $0 == 5 } == -1)
    }
}
