import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("The properties of nodes")
struct PropertyBlocksTests {
    /// One node's properties beside what they have to be.
    private struct Pair {
        var block = Int32.none
        var model: [PropertyRecord] = []

        func agrees(with blocks: PropertyBlocks) -> Bool {
            let entries = Array(blocks.entries(of: block))
            let following = model.dropFirst().map { Optional($0.key) } + [nil]
            return entries.map(blocks.record).elementsEqual(model, by: PropertyBlocksTests.isSame)
                && model.isEmpty == (block == .none)
                && zip(entries, zip(model, following)).allSatisfy { entry, expected in
                    blocks.find(expected.0.key, in: block) == entry && blocks.key(after: entry, in: block) == expected.1
                }
        }
    }

    private static func isSame(_ one: PropertyRecord, _ other: PropertyRecord) -> Bool {
        one.key == other.key && one.stamp == other.stamp && one.value == other.value
    }

    /// A value that is short mostly, that often fits where another was, and is sometimes too long for any block.
    private static func value(_ generator: inout SeededGenerator) -> JSONValue {
        let lengths = [0, 1, 5, 14, 15, 30, 61, 62, 200]
        return .string(String(repeating: "x", count: lengths.randomElement(using: &generator) ?? 0))
    }

    private static func record(_ key: UInt32, _ generator: inout SeededGenerator) -> PropertyRecord {
        let stamp = StoredStamp(timestamp: .random(in: 0..<1_000, using: &generator), sender: key & 3)
        return PropertyRecord(key: key, stamp: stamp, value: value(&generator))
    }

    @Test(
        "They are what was written, in order, whether they are few or many, under random steps",
        arguments: Fuzz.seeds(8))
    func randomSteps(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var blocks = PropertyBlocks()
        var pairs = Array(repeating: Pair(), count: 3)
        for step in 0..<4_000 {
            let place = Int.random(in: pairs.indices, using: &generator)
            // Now more come than go, now the reverse, so that each passes between few and many again and again.
            let growth = step / 500 % 2 == 0 ? 6 : 1
            PropertyBlocksTests.step(&pairs[place], &blocks, growth, &generator)
            if step % 50 == 0 { #expect(pairs.allSatisfy { $0.agrees(with: blocks) }, "step \(step)") }
        }
        #expect(pairs.allSatisfy { $0.agrees(with: blocks) })
    }

    private static func step(
        _ pair: inout Pair, _ blocks: inout PropertyBlocks, _ growth: Int, _ generator: inout SeededGenerator
    ) {
        let key = UInt32.random(in: 0..<400, using: &generator)
        let found = blocks.find(key, in: pair.block)
        guard let place = pair.model.firstIndex(where: { $0.key == key }) else {
            #expect(found == .none)
            insert(record(key, &generator), in: &pair, &blocks, &generator)
            return
        }
        switch Int.random(in: 0..<growth + 3, using: &generator) {
        case 0..<growth:
            pair.model[place] = record(key, &generator)
            blocks.replace(found, with: pair.model[place], in: &pair.block)
        default:
            let removed = blocks.remove(found, in: &pair.block)
            #expect(isSame(removed, pair.model.remove(at: place)))
            remake(&pair, &blocks, &generator)
        }
    }

    private static func insert(
        _ record: PropertyRecord, in pair: inout Pair, _ blocks: inout PropertyBlocks,
        _ generator: inout SeededGenerator
    ) {
        let place = Int.random(in: 0...pair.model.count, using: &generator)
        guard place < pair.model.count, Bool.random(using: &generator) else {
            pair.model.append(record)
            return blocks.append(record, to: &pair.block)
        }
        blocks.insert(record, before: pair.model[place].key, in: &pair.block)
        pair.model.insert(record, at: place)
    }

    /// Now and then all are taken, and some or all of them given back.
    private static func remake(
        _ pair: inout Pair, _ blocks: inout PropertyBlocks, _ generator: inout SeededGenerator
    ) {
        guard Int.random(in: 0..<60, using: &generator) == 0 else { return }
        let taken = blocks.removeAll(of: &pair.block)
        #expect(taken.elementsEqual(pair.model, by: isSame))
        pair.model = Bool.random(using: &generator) ? taken : Array(taken.prefix(20))
        pair.block = blocks.makeBlock(pair.model)
    }

    @Test("A copy stays as it was")
    func copies() {
        var generator = SeededGenerator(seed: 1)
        var blocks = PropertyBlocks()
        var pair = Pair()
        for key in 0..<300 as Range<UInt32> {
            pair.model.append(PropertyBlocksTests.record(key, &generator))
            blocks.append(pair.model[Int(key)], to: &pair.block)
        }
        let copy = blocks
        var block = pair.block
        for key in 0..<300 as Range<UInt32> { _ = blocks.remove(blocks.find(key, in: block), in: &block) }
        #expect(block == .none)
        #expect(pair.agrees(with: copy))
    }
}
