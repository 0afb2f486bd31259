import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityStore

@testable import TreenityServer

@Suite struct NarrowingTests {
    /// What a view shows of the last of some patches, each as `OPERATION path value`.
    private func shown(_ tops: [TreePath], _ patches: [Patch]) throws -> [String] {
        let document = try JSONValue(parsing: #"{"a":{"b":{"c":{"p":1}},"s":0},"d":{"e":{"q":2}},"f":{}}"#)
        var sequencer = Sequencer(tree: try Import(document).tree, epoch: "e")
        var narrowing = Narrowing(View(tops), of: sequencer.tree)
        var shown: [Patch] = []
        for patch in patches {
            _ = sequencer.admit(patch, from: Sender(), now: Timestamp(milliseconds: 1)) { admission, tree in
                shown = narrowing.narrow(admission.patch, in: tree)
            }
        }
        #expect(shown.allSatisfy { $0.seq == sequencer.seq && $0.sender == "local" })
        return shown.map(text)
    }

    private func text(_ patch: Patch) -> String {
        switch patch.operation {
        case .add(let value): "ADD \(patch.path) \(value)"
        case .edit(let value): "EDIT \(patch.path) \(value)"
        case .delete: "DELETE \(patch.path)"
        case .move(let target): "MOVE \(patch.path) \(target)"
        case .execute: "EXECUTE \(patch.path)"
        }
    }

    @Test(
        "A view shows of a patch what it means inside",
        arguments: [
            // Inside, outside, and the whole.
            ("tree/a", Patch(.edit(["s": 5]), "tree/a"), ["EDIT tree/a {\"s\":5}"]),
            ("tree/a", Patch(.add(5), "tree/a/x/y"), ["ADD tree/a/x/y 5"]),
            ("tree/a", Patch(.edit(["q": 5]), "tree/d/e"), []),
            ("tree/a", Patch(.add(5), "tree/ab"), []),
            ("tree", Patch(.edit(["q": 5]), "tree/d/e"), ["EDIT tree/d/e {\"q\":5}"]),
            ("tree/a/b", Patch(.edit(["p": 5]), "tree/a/b/c"), ["EDIT tree/a/b/c {\"p\":5}"]),
            // The part of a value.
            ("tree/a/b", Patch(.edit(["s": 5, "b": ["c": ["p": 6]]]), "tree/a"), ["EDIT tree/a/b {\"c\":{\"p\":6}}"]),
            ("tree/a/b", Patch(.edit(["s": 5]), "tree/a"), []),
            ("tree/a/b", Patch(.edit(["s": 5, "b": .emptyObject]), "tree/a"), []),
            ("tree/f/g", Patch(.edit(["g": ["x": 1]]), "tree/f"), ["ADD tree/f/g {\"x\":1}"]),
            ("tree/f/g", Patch(.edit(["g": .emptyObject]), "tree/f"), ["ADD tree/f/g {}"]),
            ("tree/n/x", Patch(.add(["x": ["y": 1], "z": 1]), "tree/n"), ["ADD tree/n/x {\"y\":1}"]),
            ("tree/n/x", Patch(.add(["x": 7]), "tree/n"), ["ADD tree/n/x 7"]),
            ("tree/n/x", Patch(.add(7), "tree/n/x/y"), ["ADD tree/n/x/y 7"]),
            // The end of an ancestor.
            ("tree/a/b", Patch(.delete, "tree/a"), ["DELETE tree/a/b"]),
            ("tree/a/b", Patch(.delete, "tree/a/b"), ["DELETE tree/a/b"]),
            ("tree/a/none", Patch(.delete, "tree/a"), []),
            ("tree/a", Patch(.delete, "tree/a/b"), ["DELETE tree/a/b"]),
            // Moves inside, out and in.
            ("tree/a", Patch(.move(to: "tree/a/x"), "tree/a/b"), ["MOVE tree/a/b tree/a/x"]),
            ("tree/a", Patch(.move(to: "tree/f/x"), "tree/a/b"), ["DELETE tree/a/b"]),
            ("tree/a", Patch(.move(to: "tree/f/x"), "tree/a"), ["DELETE tree/a"]),
            ("tree/a/b", Patch(.move(to: "tree/f/x"), "tree/a"), ["DELETE tree/a/b"]),
            ("tree/a/none", Patch(.move(to: "tree/f/x"), "tree/a"), []),
            ("tree/f", Patch(.move(to: "tree/f/x"), "tree/a/b"), ["ADD tree/f/x {\"c\":{\"p\":1}}"]),
            ("tree/f/x", Patch(.move(to: "tree/f/x"), "tree/a/b"), ["ADD tree/f/x {\"c\":{\"p\":1}}"]),
            ("tree/f/x/c", Patch(.move(to: "tree/f/x"), "tree/a/b"), ["ADD tree/f/x/c {\"p\":1}"]),
            ("tree/f/x/none", Patch(.move(to: "tree/f/x"), "tree/a/b"), []),
            ("tree/f", Patch(.move(to: "tree/f/s"), "tree/a/s"), ["ADD tree/f/s 0"]),
            ("tree/d", Patch(.move(to: "tree/f/x"), "tree/a/b"), []),
        ] as [(TreePath, Patch, [String])])
    func one(top: TreePath, patch: Patch, expected: [String]) throws {
        #expect(try shown([top], [patch]) == expected)
    }

    @Test(
        "Several subscriptions are one view",
        arguments: [
            (["tree/a", "tree/f"], Patch(.move(to: "tree/f/x"), "tree/a/b"), ["MOVE tree/a/b tree/f/x"]),
            (["tree/a", "tree/a/b"], Patch(.edit(["p": 3]), "tree/a/b/c"), ["EDIT tree/a/b/c {\"p\":3}"]),
            (["tree/a/b", "tree", "tree/d"], Patch(.edit(["q": 3]), "tree/d/e"), ["EDIT tree/d/e {\"q\":3}"]),
            (["tree/a/b", "tree/d/e"], Patch(.delete, "tree/d"), ["DELETE tree/d/e"]),
            (
                ["tree/a/b/c", "tree/f/x/c"], Patch(.move(to: "tree/f/x"), "tree/a/b"),
                [
                    "DELETE tree/a/b/c", "ADD tree/f/x/c {\"p\":1}",
                ]
            ),
            (
                ["tree/a/b", "tree/f/x/c"], Patch(.move(to: "tree/f/x"), "tree/a/b"),
                [
                    "DELETE tree/a/b", "ADD tree/f/x/c {\"p\":1}",
                ]
            ),
            (
                ["tree/n/x", "tree/n/y", "tree/n/z"], Patch(.add(["x": 1, "y": 2]), "tree/n"),
                [
                    "ADD tree/n/x 1", "ADD tree/n/y 2",
                ]
            ),
        ] as [([TreePath], Patch, [String])])
    func several(tops: [TreePath], patch: Patch, expected: [String]) throws {
        #expect(try shown(tops, [patch]) == expected)
    }

    @Test("A view remembers whether something was there")
    func memory() throws {
        let come = Patch(.add(["x": ["y": 1]]), "tree/n")
        let edit = Patch(.edit(["x": ["y": 2]]), "tree/n")
        let go = Patch(.delete, "tree/n")
        #expect(try shown(["tree/n/x"], [come, edit]) == ["EDIT tree/n/x {\"y\":2}"])
        #expect(try shown(["tree/n/x"], [come, go]) == ["DELETE tree/n/x"])
        #expect(try shown(["tree/n/x"], [come, go, come]) == ["ADD tree/n/x {\"y\":1}"])
        #expect(try shown(["tree/n/x"], [Patch(.move(to: "tree/n/x"), "tree/a/b"), go]) == ["DELETE tree/n/x"])
        #expect(try shown(["tree/n/x"], [come, Patch(.delete, "tree/n/x"), go]) == [])
    }

    @Test(
        "A view shows a text edit to those who see the text, and where the text is now",
        arguments: [
            ("tree/a", "EDIT tree/a {\"t\":{\"$text\":[{\"d\":1},\"y\"]}}"),
            ("tree/a/t", "EDIT tree/a/t {\"$text\":[{\"d\":1},\"y\"]}"),
            ("tree/a/t/$text", nil), ("tree/a/b", nil),
            ("tree", "EDIT tree {\"a\":{\"t\":{\"$text\":[{\"d\":1},\"y\"]}}}"),
        ] as [(TreePath, String?)])
    func textEdit(top: TreePath, expected: String?) throws {
        let come = Patch(.add("x"), "tree/t")
        let move = Patch(.move(to: "tree/a/t"), "tree/t")
        let edit = Patch(.edit(["t": TextEdit([.delete(1), .insert("y")]).json]), .root, base: SequenceNumber(1))
        #expect(try shown([top], [come, move, edit]) == (expected.map { [$0] } ?? []))
    }

    @Test("A view is the same however it was subscribed to")
    func equality() {
        #expect(View(["tree/a", "tree/b", "tree/a/c"]) == View(["tree/b", "tree/a", "tree/a"]))
        #expect(View(["tree/a", "tree"]) == .whole)
        #expect(View(["tree/a-b", "tree/a"]).tops.count == 2)
    }
}
