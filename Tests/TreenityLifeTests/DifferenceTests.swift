import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityLife

@Suite("The difference of two subtrees")
struct DifferenceTests {
    private func steps(_ old: JSONValue, _ new: JSONValue) throws -> [Step] {
        try #require(Subtree(old)).difference(to: #require(Subtree(new)), at: "tree/a")
    }

    @Test("Equal subtrees differ by nothing, whatever the order of their names")
    func nothing() throws {
        #expect(try steps(["x": 1, "n": ["y": 2]], ["n": ["y": 2], "x": 1]) == [])
    }

    @Test("Changed and new properties of one node make one EDIT of those alone")
    func oneEdit() throws {
        let edit = Step(.edit(["x": 2, "z": []]), "tree/a")
        #expect(try steps(["x": 1, "y": 1], ["x": 2, "y": 1, "z": []]) == [edit])
    }

    @Test("A changed node below makes an EDIT of its own path")
    func deepEdit() throws {
        let new: JSONValue = ["n": ["m": ["x": 2], "y": 1]]
        #expect(try steps(["n": ["m": ["x": 1], "y": 1]], new) == [Step(.edit(["x": 2]), "tree/a/n/m")])
    }

    @Test("A new subtree comes in one ADD, a gone one goes in one DELETE")
    func comingAndGoing() throws {
        let steps = try steps(["old": ["deep": ["x": 1]]], ["new": ["deep": ["x": 1]]])
        #expect(steps == [Step(.delete, "tree/a/old"), Step(.add(["deep": ["x": 1]]), "tree/a/new")])
    }

    @Test("A property that is gone is deleted, and its name escaped")
    func property() throws {
        #expect(try steps(["a/b": 1, "x": 1], ["x": 1]) == [Step(.delete, "tree/a/a~1b")])
    }

    @Test("A name that changes its kind is deleted before it is set")
    func kinds() throws {
        #expect(try steps(["x": 1], ["x": ["y": 1]]) == [Step(.delete, "tree/a/x"), Step(.add(["y": 1]), "tree/a/x")])
        #expect(try steps(["x": ["y": 1]], ["x": 1]) == [Step(.delete, "tree/a/x"), Step(.edit(["x": 1]), "tree/a")])
    }

    @Test("The steps between random subtrees lead from one to the other", arguments: 0..<200)
    func leadsThere(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let old = randomNode(depth: 4, &generator)
        let new = randomNode(depth: 4, &generator)
        var model = TreeModel(["a": old])
        for step in try steps(old, new) {
            #expect(model.apply(step.patch(at: Timestamp(milliseconds: 1), meta: [:])) == nil)
        }
        #expect(model == TreeModel(["a": new]))
    }

    @Test("No more steps are made than nodes and names differ: one a node for its properties")
    func isMinimal() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let steps = try steps(randomNode(depth: 4, &generator), randomNode(depth: 4, &generator))
            let edits = steps.filter { $0.operation.name == "EDIT" }.map(\.path)
            #expect(Set(edits).count == edits.count)
            let others = steps.filter { $0.operation.name != "EDIT" }
            #expect(Set(others).count == others.count)
            for gone in others where gone.operation == .delete {
                #expect(!others.contains { $0.path.isBelow(gone.path) })
            }
        }
    }

    private func randomNode(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        let names = ["a", "b", "c", "d", "é", "日本", "x/y"].filter { _ in Bool.random(using: &generator) }
        return .object(
            names.map { name in
                let isNode = depth > 0 && Bool.random(using: &generator)
                let value =
                    isNode
                    ? randomNode(depth: depth - 1, &generator) : .integer(Int.random(in: 0...2, using: &generator))
                return JSONValue.Member(key: name, value: value)
            })
    }
}
