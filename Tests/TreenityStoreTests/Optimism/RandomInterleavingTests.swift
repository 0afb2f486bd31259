import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Random interleavings of own and others' edits")
struct RandomInterleavingTests {
    @Test("When all is delivered, the client has what the server put in order", arguments: 0..<40 as Range<UInt64>)
    func quiescence(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var exchange = Exchange(dropsIDs: seed % 4 == 3)
        for _ in 0..<60 {
            step(&exchange, &patches)
            exchange.expectConfirmed()
            let reserved = exchange.client.pending.map(\.reserved.count).reduce(0, +)
            let changes = exchange.client.pending.flatMap(\.patches).compactMap(\.change)
            let deleted = changes.flatMap(\.effects).map(\.removedCount).reduce(0, +)
            exchange.client.tree.expectWhole(reserved: reserved + deleted)
        }
        exchange.deliverAll()
        if !exchange.dropsIDs { try exchange.expectAgreement() }
        #expect(exchange.client.tree.json == exchange.server.json)
    }

    @Test("What others do elsewhere leaves the identities of what one edits", arguments: 0..<20 as Range<UInt64>)
    func othersElsewhere(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var exchange = Exchange()
        for number in 0..<60 {
            let patch = patches.next()
            switch patches.below(4) {
            case 0: _ = exchange.edit(patch.operation, patch.path)
            case 1: exchange.deliverToServer()
            case 2: exchange.remote(.add(["n": [:]]), ("tree/elsewhere" as TreePath).appending(try Name("\(number)")))
            default:
                let before = ownNodes(exchange.client.tree)
                exchange.deliverToClient(1 + patches.below(3))
                #expect(ownNodes(exchange.client.tree) == before)
            }
        }
        exchange.deliverAll()
        try exchange.expectAgreement()
    }

    private func ownNodes(_ tree: Replica) -> [TreePath: NodeID] {
        let own = tree.everything.filter { !$0.path.isWithin("tree/elsewhere") }
        return Dictionary(uniqueKeysWithValues: own.map { ($0.path, $0.node) })
    }

    @Test(
        "Own edits alone lead through the same identities, however slow the server is",
        arguments: 0..<20 as Range<UInt64>)
    func ownEditsAlone(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var exchange = Exchange()
        for _ in 0..<60 {
            switch patches.below(3) {
            case 0:
                let patch = patches.next()
                _ = exchange.edit(patch.operation, patch.path)
            case 1:
                exchange.deliverToServer()
            default:
                let before = exchange.client.tree.everything
                exchange.deliverToClient(1 + patches.below(3))
                #expect(exchange.client.tree.everything == before)
            }
        }
        let before = exchange.client.tree.everything
        exchange.deliverAll()
        #expect(exchange.client.tree.everything == before)
        try exchange.expectAgreement()
    }

    private func step(_ exchange: inout Exchange, _ patches: inout RandomPatches) {
        switch patches.below(6) {
        case 0, 1:
            let patch = patches.next()
            _ = exchange.edit(patch.operation, patch.path)
        case 2:
            let patch = patches.next()
            exchange.remote(patch.operation, patch.path)
        case 3:
            exchange.deliverToServer()
        default:
            exchange.deliverToClient(1 + patches.below(3))
        }
    }
}

extension Change.Effect {
    /// How many nodes this took out of the tree.
    fileprivate var removedCount: Int {
        if case .removed(let subtree) = self { subtree.count } else { 0 }
    }
}
