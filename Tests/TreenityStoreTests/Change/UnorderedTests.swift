import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Patches that nobody refuses")
struct UnorderedTests {
    private static let rules: [ApplyRule] = [.decided, .merge]

    @Test("An EDIT of what is missing creates it, with its ancestors", arguments: rules)
    func editCreates(_ rule: ApplyRule) throws {
        var tree = Replica()
        _ = try tree.apply(.by("", at: 1, .edit(["x": 1, "y": ["z": 2]]), "tree/a/b"), rule)
        _ = try tree.apply(.by("", at: 1, .edit(3), "tree/c/p"), rule)
        #expect(tree.json == ["a": ["b": ["x": 1, "y": ["z": 2]]], "c": ["p": 3]])
    }

    @Test("An ADD of what exists merges", arguments: rules)
    func addMerges(_ rule: ApplyRule) throws {
        var tree = try Replica(["a": ["x": 1, "y": 1]])
        _ = try tree.apply(.by("", at: 1, .add(["y": 2, "z": 2]), "tree/a"), rule)
        #expect(tree.json == ["a": ["x": 1, "y": 2, "z": 2]])
    }

    @Test(
        "Removing or moving what is missing does nothing", arguments: rules,
        [.delete, .move(to: "tree/b")] as [Patch.Operation])
    func missing(_ rule: ApplyRule, _ operation: Patch.Operation) throws {
        var tree = try Replica(["p": 1])
        for path in ["tree/a", "tree/p/x"] as [TreePath] {
            #expect(try tree.apply(.by("", at: 1, operation, path), rule).effects.isEmpty)
        }
        #expect(tree.json == ["p": 1])
    }

    @Test(
        "ADD and EDIT give the same tree in any order",
        arguments: 0..<6 as Range<UInt64>)
    func anyOrder(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let patches = (0..<40).map { step -> Patch in
            let leaf: JSONValue = .object([
                .init(key: "p\(Int.random(in: 0..<3, using: &generator))", value: .integer(step))
            ])
            let path: TreePath = ["tree/a", "tree/a/b", "tree/c"].randomElement(using: &generator) ?? .root
            let user = step % 2 == 0 ? "ann" : "bob"
            return .by(user, at: Int64(step / 2), Bool.random(using: &generator) ? .edit(leaf) : .add(leaf), path)
        }
        let orders = [patches] + (0..<5).map { _ in patches.shuffled(using: &generator) }
        let results = try orders.map { order in
            var tree = Replica()
            for patch in order { _ = try tree.apply(patch, .merge) }
            return tree.json.sorted
        }
        #expect(Set(results.map(\.text)).count == 1)
    }

    @Test("A text edit changes the string that is there")
    func textEdit() throws {
        var tree = try Replica(["a": ["t": "hello"]])
        let edit = TextEdit([.keep(5), .insert("!")]).json
        _ = try tree.apply(.by("", at: 9, .edit(["t": edit]), "tree/a"))
        _ = try tree.apply(.by("", at: 9, .edit(edit), "tree/a/t"))
        #expect(tree.json == ["a": ["t": "hello!!"]])
    }

    @Test(
        "A text edit without its text is stale, on a node it is a mismatch",
        arguments: [.admission, .decided] as [ApplyRule])
    func textEditElsewhere(_ rule: ApplyRule) throws {
        let edit = TextEdit([.keep(1), .insert("x")]).json
        let cases: [(JSONValue, TreePath, Refusal.Code)] = [
            (["new": ["t": edit]], "tree/a", .stale), (["new": edit], "tree/a", .stale),
            (["n": edit], "tree/a", .stale),
            (["empty": edit], "tree/a", .stale), (["b": edit], "tree/a", .typeMismatch),
            (edit, "tree/a", .typeMismatch),
            (edit, "tree/a/n", .stale),
        ]
        for (value, path, code) in cases {
            var tree = try Replica(["a": ["n": 1, "empty": "", "b": [:]]])
            let before = tree.everything
            let refusal = #expect(throws: Refusal.self) { try tree.apply(.by("", at: 9, .edit(value), path), rule) }
            #expect(refusal?.code == code, "\(value) at \(path)")
            #expect(tree.everything == before)
            tree.expectWhole()
        }
    }

    @Test("A text edit is stale where no order says which text it means")
    func textEditWithoutOrder() throws {
        var tree = try Replica(["a": ["t": "hello"]])
        let edit = TextEdit([.keep(5), .insert("!")]).json
        for (value, path) in [(["t": edit], "tree/a"), (edit, "tree/a/t")] as [(JSONValue, TreePath)] {
            let refusal = #expect(throws: Refusal.self) { try tree.apply(.by("", at: 9, .edit(value), path), .merge) }
            #expect(refusal?.code == .stale)
        }
        #expect(tree.json == ["a": ["t": "hello"]])
    }

    @Test("A text edit of a property that is missing creates nothing", arguments: rules)
    func textEditOfMissingProperty(_ rule: ApplyRule) throws {
        var tree = Replica()
        let patch = Patch.by("", at: 9, .edit(TextEdit([.insert("x")]).json), "tree/a/t")
        let refusal = #expect(throws: Refusal.self) { try tree.apply(patch, rule) }
        #expect(refusal?.code == .stale)
        #expect(tree.json == [:])
        tree.expectWhole()
    }

    @Test("More moves than are remembered can be reverted")
    func manyMovesReverted() throws {
        var tree = try Replica(["a": [:]])
        let before = tree.everything
        let ends: [TreePath] = ["tree/a", "tree/b"]
        var changes: [Change] = []
        for number in 0..<Forwards.maximumCount * 2 + 10 {
            let move = Patch.by("ann", at: Int64(number), .move(to: ends[(number + 1) % 2]), ends[number % 2])
            changes.append(try tree.apply(move, .merge))
        }
        for change in changes.reversed() { tree.revert(change) }
        #expect(tree.everything == before)
    }
}
