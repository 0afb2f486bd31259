import Testing
import TreenityProtocol
import TreenityStore

/// The table of operations as a server admits them, one row a case.
@Suite("Admission")
struct AdmissionTests {
    private static let start: JSONValue = ["p": 1, "n": ["q": 2, "m": ["r": 3]], "o": [:]]

    @Test(
        "What the table of operations admits is done",
        arguments: [
            (.add([:]), "tree/x", ["p": 1, "n": ["q": 2, "m": ["r": 3]], "o": [:], "x": [:]]),
            (.add(5), "tree/x", ["p": 1, "x": 5, "n": ["q": 2, "m": ["r": 3]], "o": [:]]),
            (.add(5), "tree/p", ["p": 5, "n": ["q": 2, "m": ["r": 3]], "o": [:]]),
            (.add([[]]), "tree/p", ["p": [[]], "n": ["q": 2, "m": ["r": 3]], "o": [:]]),
            (.add(5), "tree/x/y/z", ["p": 1, "n": ["q": 2, "m": ["r": 3]], "o": [:], "x": ["y": ["z": 5]]]),
            (
                .add(["l": [1], "k": ["j": ["i": .null]]]), "tree/o/y",
                ["p": 1, "n": ["q": 2, "m": ["r": 3]], "o": ["y": ["l": [1], "k": ["j": ["i": .null]]]]]
            ),
            (.edit(["q": 7, "s": 8]), "tree/n", ["p": 1, "n": ["q": 7, "s": 8, "m": ["r": 3]], "o": [:]]),
            (
                .edit(["m": ["r": 4, "k": ["x": 1]], "e": [:]]), "tree/n",
                ["p": 1, "n": ["q": 2, "m": ["r": 4, "k": ["x": 1]], "e": [:]], "o": [:]]
            ),
            (.edit(["p": .null]), .root, ["p": .null, "n": ["q": 2, "m": ["r": 3]], "o": [:]]),
            (.edit([:]), "tree/n", start),
            (.edit("x"), "tree/n/q", ["p": 1, "n": ["q": "x", "m": ["r": 3]], "o": [:]]),
            (.delete, "tree/n", ["p": 1, "o": [:]]),
            (.delete, "tree/n/q", ["p": 1, "n": ["m": ["r": 3]], "o": [:]]),
            (.move(to: "tree/o/n2"), "tree/n", ["p": 1, "o": ["n2": ["q": 2, "m": ["r": 3]]]]),
            (.move(to: "tree/k"), "tree/n/m", ["p": 1, "n": ["q": 2], "o": [:], "k": ["r": 3]]),
            (.move(to: "tree/x/y/m"), "tree/n/m", ["p": 1, "n": ["q": 2], "o": [:], "x": ["y": ["m": ["r": 3]]]]),
            (.move(to: "tree/o/x/p"), "tree/p", ["n": ["q": 2, "m": ["r": 3]], "o": ["x": ["p": 1]]]),
            (.move(to: "tree/p2"), "tree/p", ["p2": 1, "n": ["q": 2, "m": ["r": 3]], "o": [:]]),
            (.execute([1]), "tree/n/run", start),
        ] as [(Patch.Operation, TreePath, JSONValue)])
    func admitted(_ operation: Patch.Operation, _ path: TreePath, _ result: JSONValue) throws {
        var tree = try Replica(Self.start)
        _ = try tree.apply(.by("ann", at: 5, operation, path))
        #expect(tree.json == result)
        tree.expectWhole()
    }

    @Test(
        "What the table of operations refuses has its code and leaves the tree as it was",
        arguments: [
            (.add([:]), .root, .exists), (.add(1), .root, .exists), (.add([:]), "tree/n", .exists),
            (.add(1), "tree/n", .exists), (.add([:]), "tree/p", .typeMismatch), (.add(1), "tree/p/x", .typeMismatch),
            (.add([:]), "tree/n/q/x/y", .typeMismatch),
            (.edit(1), .root, .typeMismatch), (.edit([]), "tree/n", .typeMismatch),
            (.edit([:]), "tree/p", .typeMismatch),
            (.edit(["s": 1, "q": [:]]), "tree/n", .typeMismatch), (.edit(["s": 1, "m": 1]), "tree/n", .typeMismatch),
            (.edit(["x": ["y": 1], "m": ["k": [:], "r": [:]]]), "tree/n", .typeMismatch),
            (.edit([:]), "tree/x", .notFound), (.edit(1), "tree/p/x", .notFound), (.edit(1), "tree/n/x/y", .notFound),
            (.delete, .root, .forbidden), (.delete, "tree/x", .notFound), (.delete, "tree/p/x", .notFound),
            (.move(to: "tree/x"), .root, .forbidden), (.move(to: .root), .root, .forbidden),
            (.move(to: .root), "tree/x", .notFound), (.move(to: "tree/x/y"), "tree/x", .notFound),
            (.move(to: "tree/y"), "tree/p/x", .notFound), (.move(to: "tree/n"), "tree/x", .notFound),
            (.move(to: "tree/n/m"), "tree/n", .cycle), (.move(to: "tree/n/x/y"), "tree/n", .cycle),
            (.move(to: "tree/n/q/x"), "tree/n", .cycle), (.move(to: "tree/n/q"), "tree/n", .cycle),
            (.move(to: "tree/n"), "tree/n", .exists), (.move(to: "tree/p"), "tree/p", .exists),
            (.move(to: .root), "tree/n", .exists), (.move(to: "tree/o"), "tree/n", .exists),
            (.move(to: "tree/p"), "tree/n", .exists), (.move(to: "tree/n/q"), "tree/p", .exists),
            (.move(to: "tree/p/x"), "tree/n", .typeMismatch), (.move(to: "tree/p/x"), "tree/p", .typeMismatch),
            (.move(to: "tree/p/x/y"), "tree/n/q", .typeMismatch),
        ] as [(Patch.Operation, TreePath, Refusal.Code)])
    func refused(_ operation: Patch.Operation, _ path: TreePath, _ code: Refusal.Code) throws {
        var tree = try Replica(Self.start)
        let before = tree.everything
        let refusal = #expect(throws: Refusal.self) { try tree.apply(.by("ann", at: 5, operation, path)) }
        #expect(refusal?.code == code)
        #expect(tree.everything == before)
        tree.expectWhole()
    }

    @Test("The design guide's patch has the design guide's result")
    func guide() throws {
        var tree = try Replica(
            ["spaces": ["marketing": ["tasks": ["101": ["name": "Campaign Planning", "status": "assigned"]]]]])
        _ = try tree.apply(Patch(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101"))
        #expect(
            tree.json(at: "tree/spaces/marketing/tasks/101")
                == ["name": "Campaign Planning", "status": "in-progress"])
    }

    @Test("Of the guide's two competing patches the later takes precedence", arguments: ApplyRule.comparing)
    func conflict(_ rule: ApplyRule) throws {
        let patches = [
            Patch.by("", at: 1_000, .edit(["status": "in-progress"]), "tree/tasks/1"),
            Patch.by("", at: 1_005, .edit(["status": "completed"]), "tree/tasks/1"),
        ]
        for order in [patches, patches.reversed()] {
            var tree = try Replica(["tasks": ["1": [:]]])
            for patch in order { _ = try tree.apply(patch, rule) }
            #expect(tree.json(at: "tree/tasks/1/status") == "completed")
        }
    }
}

extension ApplyRule {
    /// The rules under which older values give way.
    static let comparing: [ApplyRule] = [.admission, .merge]
}
