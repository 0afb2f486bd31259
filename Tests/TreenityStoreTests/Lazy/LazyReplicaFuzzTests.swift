import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Random patches to a tree of which parts are loaded")
struct LazyReplicaFuzzTests {
    /// All of a tree, what one cannot see included.
    private struct Moment: Equatable {
        var seen: [Replica.Seen]
        var counts: [Int32]
        var memory: Replica.Memory

        init(_ tree: Replica) {
            (seen, counts, memory) = (tree.everything, tree.childCounts, tree.memory)
        }
    }

    /// A server's tree, and that of a client which shows parts of it.
    private struct Pair {
        private(set) var whole = Replica()
        var part = Replica()
        private(set) var patches: RandomPatches
        /// What the client was sent since the last snapshot, and what was before each.
        private(set) var past: [(change: Change, before: Moment)] = []
        private(set) var history = History()

        init(seed: UInt64) {
            patches = RandomPatches(seed: seed)
            for _ in 0..<60 { _ = try? whole.apply(patches.next()) }
            part.load(.root, depth: 1, of: whole, refining: false)
        }

        mutating func step() throws {
            switch patches.below(12) {
            case 0..<8: try receivePatch()
            case 8:
                part.load(part.path(of: randomNode()), depth: patches.below(3), of: whole)
                cut()
            case 9:
                part.unload(randomNode())
                cut()
            case 10:
                part.settleDoubts(whole)
                #expect(part.doubtfulNodes.isEmpty)
                cut()
            default:
                guard patches.below(4) == 0 else { return }
                part.load(.root, depth: patches.below(3), of: whole, refining: false)
                #expect(part.doubtfulNodes.isEmpty)
                cut()
            }
        }

        private mutating func receivePatch() throws {
            guard let change = try? whole.apply(patches.next()), !change.effects.isEmpty else { return }
            let before = Moment(part)
            let doubtful = Set(part.doubtfulNodes)
            let received = try part.apply(change.patch, .decided)
            past.append((received, before))
            history.append(received, at: received.newestBefore)
            #expect(Set(part.doubtfulNodes).subtracting(doubtful).isSubset(of: received.doubtful))
        }

        private mutating func cut() {
            past = []
            history.cut()
        }

        private mutating func randomNode() -> NodeID {
            let nodes = Array(part.subtree(of: part.root))
            return nodes[patches.below(nodes.count)]
        }

        /// Takes back all that can be taken back, and does it again.
        mutating func expectWayBack() throws {
            let now = Moment(part)
            var copy = part
            for (change, before) in past.reversed() {
                copy.revert(change)
                #expect(Moment(copy) == before, "after \(change.patch)")
            }
            copy.expectSlots()
            var timeline = Timeline(part, history)
            for (_, before) in past.reversed() {
                try timeline.stepBack()
                #expect(timeline.tree.everything == before.seen)
                #expect(timeline.tree.childCounts == before.counts)
            }
            try timeline.go(to: history.end)
            #expect(timeline.tree.everything == now.seen)
            #expect(timeline.tree.childCounts == now.counts)
        }
    }

    @Test("What is there is true, and where a number is not certain that is said", arguments: Fuzz.seeds(12))
    func truth(_ seed: UInt64) throws {
        var pair = Pair(seed: seed)
        for _ in 0..<300 {
            try pair.step()
            #expect(pair.part.lies(about: pair.whole) == [])
            pair.part.expectSlots()
        }
        pair.part.settleDoubts(pair.whole)
        #expect(pair.part.doubtfulNodes == [])
        #expect(pair.part.lies(about: pair.whole) == [])
        pair.part.load(.root, depth: nil, of: pair.whole)
        #expect(pair.part.json == pair.whole.json)
        pair.part.expectWhole()
    }

    @Test("Step by step back all is as it was, and forth again", arguments: Fuzz.seeds(8))
    func wayBack(_ seed: UInt64) throws {
        var pair = Pair(seed: seed)
        for number in 0..<200 {
            try pair.step()
            if number % 20 == 0 { try pair.expectWayBack() }
        }
        try pair.expectWayBack()
    }
}
