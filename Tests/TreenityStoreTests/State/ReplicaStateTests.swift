import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite struct ReplicaStateTests {
    private func saved(_ tree: Replica) -> (head: JSONValue, bytes: [UInt8]) {
        var saving = ReplicaSaving(tree)
        var writer = StateWriter()
        while saving.writeNext(to: &writer) {}
        return (saving.head, writer.bytes)
    }

    private func restored(_ head: JSONValue, _ bytes: [UInt8]) throws(StateError) -> Replica {
        var reader = StateReader([bytes])
        return try Replica(restoring: head, from: &reader)
    }

    /// Checks that a tree comes back as it was, but for identities.
    private func expectSame(_ tree: Replica) throws {
        let (head, bytes) = saved(tree)
        let restored = try restored(head, bytes)
        restored.expectWhole()
        #expect(restored.seenInState == tree.seenInState)
        #expect(restored.json == tree.json)
        #expect(restored.markedInState == tree.markedInState)
        #expect(restored.newest == tree.newest && restored.nodeCount == tree.nodeCount)
        #expect(restored.deletions.count == tree.deletions.count && restored.deletions.newest == tree.deletions.newest)
        #expect(saved(restored).bytes == bytes)
    }

    @Test(
        "A tree comes back with its order, stamps and deletions", arguments: 0..<30 as Range<UInt64>,
        [ApplyRule.admission, .merge])
    func random(_ seed: UInt64, rule: ApplyRule) throws {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        for round in 0..<120 {
            _ = try? tree.apply(patches.late(by: ["", "ann", "ren\u{E9}", "rene\u{301}"]), rule)
            if round % 20 == 0 { try expectSame(tree) }
        }
        try expectSame(tree)
    }

    @Test("Names and senders of equal look and different bytes stay two")
    func normalization() throws {
        var tree = try Replica(["caf\u{E9}": 1, "cafe\u{301}": 2])
        _ = try tree.apply(.by("ren\u{E9}", at: 5, .edit(3), "tree/caf\u{E9}"))
        _ = try tree.apply(.by("rene\u{301}", at: 5, .edit(4), "tree/cafe\u{301}"))
        try expectSame(tree)
    }

    @Test("Deep trees are no matter of the stack")
    func deep() throws {
        let depth = JSONValue.maximumDepth - 1
        let nested = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        let tree = try Replica(JSONValue(parsing: nested))
        #expect(tree.nodeCount == depth)
        try expectSame(tree)
    }

    @Test("Values of every kind and length come back")
    func values() throws {
        let long = JSONValue.string(String(repeating: "\u{1F333}\n", count: 200))
        try expectSame(
            try Replica([
                "s": "", "l": long, "n": .null, "b": true, "i": .integer(Int64.min), "d": JSONValue(parsing: "1e-7"),
                "a": [1, ["x": [2]], "\u{0}"], "o": ["n": ["v": 12]],
            ]))
    }

    // MARK: Damage

    /// The records of a tree that is none, after its root.
    private func complaint(nodes: Int, _ write: (inout StateWriter) -> Void) -> String? {
        var writer = StateWriter()
        node(0, "tree", &writer) {
            spell("p", &$0)
            stamp(&$0)
            $0.put(1 as JSONValue)
        }
        write(&writer)
        let head: JSONValue = ["nodes": .integer(nodes), "newest": 0, "deletions": 0, "newestDeletion": .null]
        do {
            _ = try restored(head, writer.bytes)
            return nil
        } catch {
            return error.description
        }
    }

    private func node(
        _ depth: Int, _ name: String, _ writer: inout StateWriter, properties: (inout StateWriter) -> Void = { _ in }
    ) {
        writer.put(depth)
        writer.put(name)
        stamp(&writer)
        properties(&writer)
        writer.put(0)
    }

    private func spell(_ name: String, _ writer: inout StateWriter) {
        writer.put(1)
        writer.put(name)
    }

    /// Every sender is spelled out, which is not how it is written and may be read.
    private func stamp(_ writer: inout StateWriter) {
        writer.put(timestamp: 0)
        writer.put(0)
        writer.put("ann")
    }

    @Test("What is no tree is damage, and where it is is said")
    func damage() {
        #expect(complaint(nodes: 2) { node(1, "q", &$0) } == nil)
        let complaints = [
            complaint(nodes: 3) { node(1, "q", &$0) },
            complaint(nodes: 2) { node(1, "p", &$0) },
            complaint(nodes: 2) { node(2, "q", &$0) },
            complaint(nodes: 2) { node(1, "..", &$0) },
            complaint(nodes: 3) {
                node(1, "q", &$0)
                node(1, "q", &$0)
            },
            complaint(nodes: 2) { property(["v", "v"], 1, &$0) },
            complaint(nodes: 2) { property(["v"], [:], &$0) },
            complaint(nodes: 2) { property(["v"], JSONValue(canonical: "01"), &$0) },
            complaint(nodes: 2) { property(["v"], JSONValue(canonical: " 1"), &$0) },
        ]
        #expect(
            complaints
                == [
                    "it ends too early (part 1, byte 34)", "a node and a property have one address (part 1, byte 33)",
                    "a node has no parent (part 1, byte 33)", "a name breaks the rules (part 1, byte 34)",
                    "two nodes have one address (part 1, byte 43)", "two properties have one address (part 1, byte 47)",
                    "a property is an object (part 1, byte 45)", "a value is no canonical JSON (part 1, byte 42)",
                    "a value is no canonical JSON (part 1, byte 42)",
                ].map { "the saved state is damaged: " + $0 })
    }

    private func property(_ names: [String], _ value: JSONValue, _ writer: inout StateWriter) {
        node(1, "q", &writer) { writer in
            for name in names {
                spell(name, &writer)
                stamp(&writer)
                writer.put(value)
            }
        }
    }
}

extension Replica {
    /// One node or deletion, with senders by their names: identities and numbers are of one tree alone.
    fileprivate struct InState: Hashable {
        var path: [Name]
        var stamps: [Stamp?]
        var properties: [Property] = []
    }

    /// All nodes, in order.
    fileprivate var seenInState: [InState] {
        subtreeSlots(of: root.slot).map { slot in
            InState(
                path: way(to: slot), stamps: [stamp(records[Int(slot)].stamp)], properties: properties(of: id(slot)))
        }
    }

    fileprivate var markedInState: Set<InState> {
        Set(
            deletions.marks.map { way, mark in
                InState(path: way.map { name($0) }, stamps: [mark.deletion.map(stamp), mark.shield.map(stamp)])
            })
    }
}
