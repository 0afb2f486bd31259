import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityServer

@Suite struct SnapshotSourceTests {
    @Test("A big subtree comes in chunks within their bound that together are the tree")
    func chunks() async throws {
        let value = JSONValue.string(String(repeating: "x", count: 300))
        let nodes = (0..<2_000).map { JSONValue.Member(key: #"n"\\#($0)"#, value: ["v": value]) }
        let huge = JSONValue.Member(key: "huge", value: ["v": .string(String(repeating: "y", count: 300_000))])
        let tree = try Import(.object(nodes + [huge] + nodes.map { .init(key: "z" + $0.key, value: $0.value) })).tree
        let source = SnapshotSource(Subscription(id: "1", path: .root), .whole, of: tree, at: SequenceNumber(7))
        var load = SnapshotLoad(path: .root)
        var copy = Replica()
        var more: [Bool] = []
        for case .snapshot(let chunk) in await source.frames {
            let bytes = ServerFrame.snapshot(chunk).encoded().count
            #expect(bytes <= 256 << 10 || chunk.nodes.count == 1)
            #expect(chunk.seq == SequenceNumber(7))
            load.add(chunk.nodes, to: &copy)
            more.append(chunk.more)
        }
        #expect(more.count > 5)
        #expect(more.dropLast().allSatisfy { $0 })
        #expect(more.last == false)
        #expect(copy.json(at: .root) == tree.json(at: .root))
    }
}
