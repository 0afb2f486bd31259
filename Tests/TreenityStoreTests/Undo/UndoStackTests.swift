import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Undo and redo")
struct UndoStackTests {
    private static let start: JSONValue = ["p": 1, "n": ["q": 2, "m": ["r": 3, "k": ["s": [1]]]], "o": [:]]

    @Test(
        "Each operation is undone, redone and undone again",
        arguments: [
            (.add(5), "tree/x"), (.add(5), "tree/p"), (.add(["a": ["b": 1]]), "tree/x/y"),
            (.edit(["q": 7, "m": ["r": 4, "new": ["z": 1]]]), "tree/n"), (.delete, "tree/n"), (.delete, "tree/n/q"),
            (.move(to: "tree/o/n2"), "tree/n"), (.move(to: "tree/x/p"), "tree/p"),
        ] as [(Patch.Operation, TreePath)])
    func eachOperation(_ operation: Patch.Operation, _ path: TreePath) throws {
        var desk = try Desk(Self.start)
        let before = desk.tree.json.sorted
        try desk.does(operation, path)
        let after = desk.tree.json.sorted
        for _ in 0..<2 {
            try desk.goes(.undo)
            #expect(desk.tree.json.sorted == before)
            #expect(!desk.stack.canGo(.undo))
            try desk.goes(.redo)
            #expect(desk.tree.json.sorted == after)
            #expect(!desk.stack.canGo(.redo))
        }
    }

    @Test("A batch is undone as one")
    func batch() throws {
        var desk = try Desk(Self.start)
        let before = desk.tree.json.sorted
        try desk.does([(.add(["x": 1]), "tree/a"), (.move(to: "tree/a/n"), "tree/n"), (.edit(9), "tree/p")])
        #expect(desk.stack.plan(.undo, in: desk.tree)?.disturbances == [])
        try desk.goes(.undo)
        #expect(desk.tree.json.sorted == before)
    }

    @Test("A new deed clears what could be redone")
    func newDeed() throws {
        var desk = try Desk(Self.start)
        try desk.does(.edit(2), "tree/p")
        try desk.goes(.undo)
        #expect(desk.stack.canGo(.redo))
        try desk.does(.edit(3), "tree/p")
        #expect(!desk.stack.canGo(.redo))
    }

    @Test("What the server refuses can still be undone")
    func refused() throws {
        var desk = try Desk(Self.start)
        try desk.does(.edit(2), "tree/p")
        #expect(desk.stack.begin(.undo, id: "u") == [Patch(.edit(["p": 1]), .root)])
        #expect(!desk.stack.canGo(.undo))
        desk.stack.refused("u")
        #expect(desk.stack.canGo(.undo))
        desk.stack.refused("u")
        try desk.goes(.undo)
        #expect(!desk.stack.canGo(.undo))
    }

    @Test("What was refused has not happened: earlier deeds do not follow it")
    func refusedMove() throws {
        var desk = try Desk(Self.start)
        try desk.does(.edit(["r": 4]), "tree/n/m")
        let change = try desk.tries(.move(to: "tree/o/m"), "tree/n/m", id: "m")
        #expect(desk.stack.plan(.undo, in: desk.tree)?.patches == [Patch(.move(to: "tree/n/m"), "tree/o/m")])
        desk.reverts(change)
        desk.stack.refused("m")
        #expect(desk.stack.plan(.undo, in: desk.tree)?.patches == [Patch(.edit(["r": 3]), "tree/n/m")])
    }

    @Test("The plan counts the nodes that come and go")
    func counts() throws {
        var desk = try Desk(Self.start)
        try desk.does(.delete, "tree/n")
        #expect(desk.stack.plan(.undo, in: desk.tree)?.restoredNodes == 3)
        try desk.does(.add(["a": [:], "b": [:]]), "tree/x/y")
        #expect(desk.stack.plan(.undo, in: desk.tree)?.removedNodes == 4)
        #expect(desk.stack.plan(.redo, in: desk.tree) == nil)
    }

    @Test("An undo follows what others have moved")
    func moves() throws {
        var desk = try Desk(Self.start)
        try desk.does(.edit(["r": 4]), "tree/n/m")
        try desk.othersDo(.move(to: "tree/o/moved"), "tree/n")
        let plan = try #require(desk.stack.plan(.undo, in: desk.tree))
        #expect(plan.patches == [Patch(.edit(["r": 3]), "tree/o/moved/m")])
        #expect(plan.disturbances == [])
        try desk.goes(.undo)
        #expect(desk.tree.json(at: "tree/o/moved/m/r") == 3)
    }

    @Test(
        "What others did since to what an undo is about is said, and nothing else",
        arguments: [
            (.edit(2), "tree/p", .edit(3), "tree/p", ["tree/p"]),
            (.edit(2), "tree/p", .delete, "tree/p", ["tree/p"]),
            (.edit(2), "tree/p", .edit(3), "tree/n/q", []),
            (.delete, "tree/n", .add(["new": 1]), "tree/n", ["tree/n"]),
            (.delete, "tree/n/q", .add(1), "tree/n/q", ["tree/n/q"]),
            (.delete, "tree/n/m", .edit(["q": 7]), "tree/n", []),
            (.add(["a": ["b": 1]]), "tree/x", .edit(["b": 2]), "tree/x/a", ["tree/x/a"]),
            (.add(["a": ["b": 1]]), "tree/x", .add([:]), "tree/x/a/c", ["tree/x/a/c"]),
            (.add(["a": ["b": 1]]), "tree/x", .delete, "tree/x", ["tree/x", "tree/x/a"]),
            (.move(to: "tree/o/n"), "tree/n", .add(1), "tree/n", ["tree/n"]),
            (.move(to: "tree/o/n"), "tree/n", .delete, "tree/o/n", ["tree/o/n"]),
            (.move(to: "tree/o/n"), "tree/n", .edit(["q": 9]), "tree/o/n", []),
        ] as [(Patch.Operation, TreePath, Patch.Operation, TreePath, [TreePath])])
    func disturbances(
        _ own: Patch.Operation, _ path: TreePath, _ other: Patch.Operation, _ otherPath: TreePath, _ found: [TreePath]
    ) throws {
        var desk = try Desk(Self.start)
        try desk.does(own, path)
        #expect(desk.stack.plan(.undo, in: desk.tree)?.disturbances == [])
        try desk.othersDo(other, otherPath)
        let disturbances = try #require(desk.stack.plan(.undo, in: desk.tree)).disturbances
        #expect(disturbances.map(\.path) == found)
        for disturbance in disturbances {
            switch disturbance.kind {
            case .changed(let stamp), .occupied(let stamp): #expect(stamp.sender == "bob")
            case .gone: break
            }
        }
    }

    @Test("Where nobody else was, undoing everything gives the first tree back", arguments: Fuzz.seeds(20))
    func everything(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var desk = try Desk([:])
        for _ in 0..<40 {
            let patch = patches.next()
            try? desk.does(patch.operation, patch.path)
            if patches.below(5) == 0 { try? desk.othersDo(.add(.integer(patches.below(9))), "tree/elsewhere") }
        }
        while let plan = desk.stack.plan(.undo, in: desk.tree) {
            #expect(plan.disturbances.isEmpty)
            try desk.goes(.undo)
        }
        #expect(desk.tree.childCount(of: desk.tree.root) == 0)
        let undone = desk.tree.json.sorted
        while desk.stack.canGo(.redo) { try desk.goes(.redo) }
        while desk.stack.canGo(.undo) { try desk.goes(.undo) }
        #expect(desk.tree.json.sorted == undone)
    }

    @Test("The oldest deeds are forgotten beyond the bound")
    func bound() throws {
        var desk = try Desk(["p": 0])
        for number in 0..<UndoStack.maximumCount + 5 { try desk.does(.edit(.integer(number + 1)), "tree/p") }
        var count = 0
        while desk.stack.canGo(.undo) {
            try desk.goes(.undo)
            count += 1
        }
        #expect(count == UndoStack.maximumCount)
        #expect(desk.tree.json == ["p": 5])
    }

    @Test("What was saved undoes and redoes as before, in another run too", arguments: Fuzz.seeds(20))
    func saving(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var desk = try Desk([:])
        for _ in 0..<30 {
            let patch = patches.next()
            try? desk.does(patch.operation, patch.path)
            if patches.below(5) == 0 { try? desk.othersDo(.add(.integer(patches.below(9))), "tree/elsewhere") }
            if patches.below(6) == 0, desk.stack.canGo(.undo) { try desk.goes(.undo) }
            let saved = desk.stack.saved(maximumBytes: .max)
            desk.stack = try #require(UndoStack(saved: JSONValue(parsing: saved.text)))
        }
        while let plan = desk.stack.plan(.undo, in: desk.tree) {
            #expect(plan.disturbances.isEmpty)
            try desk.goes(.undo)
        }
        #expect(desk.tree.childCount(of: desk.tree.root) == 0)
    }

    @Test("Only as many of the newest deeds are saved as there is room for")
    func savingBound() throws {
        var desk = try Desk(["p": 0])
        for number in 1...20 { try desk.does(.edit(.integer(number)), "tree/p") }
        let all = desk.stack.saved(maximumBytes: .max).text.utf8.count
        let saved = desk.stack.saved(maximumBytes: all / 2)
        #expect(saved.text.utf8.count < all / 2 + 100)
        let stack = try #require(UndoStack(saved: saved))
        #expect(stack.plan(.undo, in: desk.tree)?.patches == [Patch(.edit(["p": 19]), .root)])
        #expect(UndoStack(saved: desk.stack.saved(maximumBytes: 0))?.canGo(.undo) == false)
    }

    @Test(
        "What is no saved stack is none",
        arguments: [[:], ["v": 2], "x", ["v": 1, "passages": 0, "undo": [1]]] as [JSONValue])
    func damaged(_ saved: JSONValue) {
        #expect(UndoStack(saved: saved) == nil)
    }

    @Test("A value that came anew with a snapshot, which tells nobody's name, disturbs only where it is another")
    func snapshotStamps() throws {
        var desk = try Desk(["p": 1])
        try desk.does(.edit(2), "tree/p")
        func node(_ value: JSONValue) -> Snapshot.Node {
            Snapshot.Node(path: .root, properties: ["p": value], children: 0, timestamp: Timestamp(milliseconds: 99))
        }
        desk.loads([node(2)])
        #expect(desk.stack.plan(.undo, in: desk.tree)?.disturbances == [])
        desk.loads([node(3)])
        #expect(desk.stack.plan(.undo, in: desk.tree)?.disturbances.map(\.path) == ["tree/p"])
    }
}

/// A user before a tree that the server has just confirmed, and others before the same.
private struct Desk {
    private(set) var tree: Replica
    var stack = UndoStack()
    private var moment: Int64 = 0

    init(_ json: JSONValue) throws {
        tree = try Replica(json)
    }

    mutating func does(_ operation: Patch.Operation, _ path: TreePath) throws {
        try does([(operation, path)])
    }

    mutating func does(_ steps: [(Patch.Operation, TreePath)]) throws {
        moment += 1
        try userDoes(steps.map { Patch($0.0, $0.1) }, id: "d\(moment)")
    }

    mutating func othersDo(_ operation: Patch.Operation, _ path: TreePath) throws {
        moment += 1
        stack.othersDid(try tree.apply(.by("bob", at: moment, operation, path)))
    }

    /// An edit without an answer.
    mutating func tries(_ operation: Patch.Operation, _ path: TreePath, id: String) throws -> Change {
        moment += 1
        let change = try tree.apply(.by("ann", at: moment, operation, path))
        stack.userDid(id, [change], undoneBy: tree.inverse(of: change), in: tree)
        return change
    }

    mutating func loads(_ nodes: [Snapshot.Node]) {
        var load = SnapshotLoad(path: .root)
        load.add(nodes, to: &tree)
        load.finish(&tree)
    }

    mutating func reverts(_ change: Change) { tree.revert(change) }

    mutating func goes(_ direction: UndoStack.Direction) throws {
        moment += 1
        let patches = stack.begin(direction, id: "u\(moment)")
        try userDoes(try #require(patches), id: "u\(moment)")
    }

    private mutating func userDoes(_ patches: [Patch], id: String) throws {
        var changes: [Change] = []
        var inverse: [Patch] = []
        for patch in patches {
            let change = try tree.apply(.by("ann", at: moment, patch.operation, patch.path))
            inverse = tree.inverse(of: change) + inverse
            changes.append(change)
        }
        stack.userDid(id, changes, undoneBy: inverse, in: tree)
        stack.acknowledged(id)
    }
}
