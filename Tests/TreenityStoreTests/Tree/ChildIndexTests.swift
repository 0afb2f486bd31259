import Testing

@testable import TreenityStore

@Suite("The index of children")
struct ChildIndexTests {
    @Test(
        "Children are found, and found no more, under random insertion and removal", arguments: 0..<4 as Range<UInt64>)
    func randomSteps(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var records: [NodeRecord] = []
        var free: [Int32] = []
        var index = ChildIndex()
        var model: [Key: Int32] = [:]
        for _ in 0..<4_000 {
            let key = Key(parent: .random(in: 0..<8, using: &generator), name: .random(in: 0..<64, using: &generator))
            if let slot = model.removeValue(forKey: key) {
                #expect(index.find(parent: key.parent, name: key.name, in: records) == slot)
                index.remove(slot, in: records)
                free.append(slot)
            } else {
                let slot = free.popLast() ?? Int32(records.count)
                let record = NodeRecord(generation: 0, name: key.name, parent: key.parent, sender: 0, timestamp: 0)
                if Int(slot) == records.count { records.append(record) } else { records[Int(slot)] = record }
                index.insert(slot, in: records)
                model[key] = slot
            }
            #expect(index.find(parent: key.parent, name: key.name, in: records) == model[key] ?? .none)
        }
        for parent in Int32(0)..<8 {
            for name in UInt32(0)..<64 {
                let found = index.find(parent: parent, name: name, in: records)
                #expect(found == model[Key(parent: parent, name: name)] ?? .none)
            }
        }
    }

    private struct Key: Hashable {
        var parent: Int32
        var name: UInt32
    }
}
