import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

/// Patches that nobody has put in order: what they come to must not depend on the order in which they come.
@Suite("Convergence without an order")
struct ConvergenceTests {
    @Test("Any order of the same patches gives the same tree, stamps included", arguments: Fuzz.seeds(60))
    func anyOrder(_ seed: UInt64) throws {
        var patches = CollidingPatches(seed: seed)
        let set = (0..<24).map { _ in patches.next() }
        let expected = try Self.tree(of: set)
        for _ in 0..<12 {
            let order = patches.shuffled(set)
            let tree = try Self.tree(of: order)
            #expect(tree == expected, "\(order.map(\.description).joined(separator: "\n"))")
        }
    }

    @Test("A patch that comes twice changes nothing the second time", arguments: Fuzz.seeds(30))
    func repeats(_ seed: UInt64) throws {
        var patches = CollidingPatches(seed: seed)
        let set = (0..<20).map { _ in patches.next() }
        #expect(try Self.tree(of: patches.shuffled(set + set)) == Self.tree(of: set))
    }

    @Test("Taking back what was merged gives the tree before it", arguments: Fuzz.seeds(30))
    func reverting(_ seed: UInt64) throws {
        var patches = CollidingPatches(seed: seed)
        var tree = Replica()
        for _ in 0..<30 {
            let before = tree.everything
            let patch = patches.next()
            guard let change = try? tree.apply(patch, .merge) else { continue }
            var copy = tree
            copy.revert(change)
            #expect(copy.everything == before)
            copy.expectWhole()
            _ = try copy.apply(patch, .merge)
            #expect(copy.content == tree.content)
        }
    }

    private static func tree(of patches: [Patch]) throws -> [Replica.Content] {
        var tree = Replica()
        for patch in patches {
            // The root stays and is a node: what would have it otherwise is refused, whatever is there.
            if !patch.isAboutTheRootAlone { _ = try tree.apply(patch, .merge) }
        }
        tree.expectWhole()
        return tree.content
    }

    // MARK: One by one

    /// Each pair gives the same in either order.
    @Test(
        "The later of two wins",
        arguments: [
            // A deletion and what is older, as old, newer.
            (.by("a", at: 5, .delete, "tree/x"), .by("a", at: 4, .add(["p": 1]), "tree/x"), [:]),
            (.by("a", at: 5, .delete, "tree/x"), .by("a", at: 5, .add(["p": 1]), "tree/x"), ["x": ["p": 1]]),
            (.by("b", at: 5, .delete, "tree/x"), .by("a", at: 5, .add(["p": 1]), "tree/x"), [:]),
            (.by("a", at: 5, .delete, "tree/x"), .by("a", at: 6, .edit(["p": 1]), "tree/x"), ["x": ["p": 1]]),
            // The deletion of what lies above, and of what lies below: the ancestors of what is dead are there.
            (.by("a", at: 5, .delete, "tree/x"), .by("a", at: 4, .add(["p": 1]), "tree/x/y/z"), [:]),
            (.by("a", at: 5, .delete, "tree/x/y"), .by("a", at: 4, .add(["p": 1]), "tree/x/y/z"), ["x": [:]]),
            (.by("a", at: 5, .delete, "tree/x/p"), .by("a", at: 4, .add(["p": 1, "q": 2]), "tree/x"), ["x": ["q": 2]]),
            // A node and a property at one address.
            (.by("a", at: 5, .add(1), "tree/x"), .by("a", at: 4, .add(["p": 1]), "tree/x"), ["x": 1]),
            (.by("a", at: 5, .add(1), "tree/x"), .by("a", at: 6, .add(["p": 1]), "tree/x"), ["x": ["p": 1]]),
            (.by("a", at: 5, .add(1), "tree/x"), .by("a", at: 5, .add(["p": 1]), "tree/x"), ["x": ["p": 1]]),
            (.by("a", at: 5, .add(1), "tree/x"), .by("a", at: 6, .add(2), "tree/x/y"), ["x": ["y": 2]]),
            // One property, at one moment, by one and by two.
            (.by("a", at: 5, .add(1), "tree/p"), .by("a", at: 5, .add(2), "tree/p"), ["p": 2]),
            (.by("b", at: 5, .add(1), "tree/p"), .by("a", at: 5, .add(2), "tree/p"), ["p": 1]),
        ] as [(Patch, Patch, JSONValue)])
    func pairs(_ one: Patch, _ other: Patch, _ result: JSONValue) throws {
        for order in [[one, other], [other, one]] {
            var tree = Replica()
            for patch in order { _ = try tree.apply(patch, .merge) }
            #expect(tree.json == result)
        }
    }

    @Test("What is older than a move follows it to the new address, in either order")
    func forwarding() throws {
        let add = Patch.by("a", at: 1, .add(["p": 1]), "tree/x")
        let move = Patch.by("a", at: 5, .move(to: "tree/y/z"), "tree/x")
        let edit = Patch.by("b", at: 4, .edit(["q": 2]), "tree/x")
        let later = Patch.by("b", at: 6, .add(["r": 3]), "tree/x")
        for order in [[add, move, edit, later], [move, edit, add, later], [move, later, add, edit]] {
            var tree = Replica()
            for patch in order { _ = try tree.apply(patch, .merge) }
            #expect(tree.json.sorted == ["x": ["r": 3], "y": ["z": ["p": 1, "q": 2]]], "\(order)")
        }
    }

    @Test("Deletions are remembered up to a number and an age")
    func memory() throws {
        var tree = Replica()
        for number in 0..<DeletionStamps.maximumCount + 100 {
            let path = ("tree/x" as TreePath).appending(try Name("\(number)"))
            _ = try tree.apply(.by("a", at: 1_000 + Int64(number), .delete, path), .merge)
        }
        #expect(tree.deletions.count == DeletionStamps.maximumCount)
        _ = try tree.apply(.by("a", at: 1, .add(1), "tree/x/0"), .merge)
        _ = try tree.apply(.by("a", at: 1, .add(1), "tree/x/65000"), .merge)
        #expect(tree.json == ["x": ["0": 1]])
        _ = try tree.apply(.by("a", at: 2_000_000 + DeletionStamps.maximumAge, .delete, "tree/y"), .merge)
        #expect(tree.deletions.count == 1)
    }
}

extension Replica {
    /// All that is the same for everyone who has the same patches: not the order, nor the identities.
    fileprivate struct Content: Hashable {
        var path: TreePath
        var stamp: Stamp
        var properties: Set<Property>
    }

    fileprivate var content: [Content] {
        subtree(of: root).map { node in
            Content(path: path(of: node), stamp: stamp(of: node), properties: Set(properties(of: node)))
        }.sorted { $0.path < $1.path }
    }
}

extension Patch {
    fileprivate var isAboutTheRootAlone: Bool {
        switch operation {
        case .add(let value), .edit(let value): path.isRoot && !value.isObject
        case .delete: path.isRoot
        case .move, .execute: false
        }
    }

    fileprivate var description: String { String(decoding: encoded(), as: UTF8.self) }
}

/// Patches that meet one another all the time: few names, few moments, two senders.
private struct CollidingPatches {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> Patch {
        let operation: Patch.Operation =
            switch below(8) {
            case 0..<3: .add(value(depth: 3))
            case 3..<6: .edit(value(depth: 3))
            default: .delete
            }
        return .by(below(2) == 0 ? "ann" : "bob", at: Int64(1 + below(6)), operation, path())
    }

    mutating func shuffled(_ patches: [Patch]) -> [Patch] { patches.shuffled(using: &generator) }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func path() -> TreePath {
        (0..<below(4)).reduce(.root) { path, _ in path.appending(name()) }
    }

    private mutating func name() -> Name { (["a", "b", "c"] as [Name])[below(3)] }

    private mutating func value(depth: Int) -> JSONValue {
        guard depth > 0, below(3) > 0 else { return .integer(below(3)) }
        return .object((0..<below(3)).map { _ in JSONValue.Member(key: name().text, value: value(depth: depth - 1)) })
    }
}
