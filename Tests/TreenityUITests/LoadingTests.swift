import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("A tree that is too large to be loaded as a whole")
struct LoadingTests {
    /// Somebody before a server whose tree turned out to have more than four nodes.
    private func person() -> Person {
        var person = Person(tree: nil, mostNodes: 4)
        person.goLive()
        person.receive("first", [("tree", 2), ("tree/a", 3), ("tree/b", 0)])
        person.receive(
            "whole", [("tree", 2), ("tree/a", 3), ("tree/a/1", 2), ("tree/a/1/x", 0), ("tree/a/1/y", 0)], more: true)
        return person
    }

    /// The same, when the connection was made anew.
    private func inParts() -> Person {
        var person = person()
        person.happen(.connection(.lost(reason: "made anew", retryAfter: 0)))
        person.goLive()
        person.receive("parts", [("tree", 2), ("tree/a", 3), ("tree/b", 0)])
        _ = person.takeEffects()
        return person
    }

    private func childCount(_ person: Person, _ path: TreePath) -> Int? {
        person.model.tree.node(at: path).map(person.model.tree.childCount)
    }

    @Test("is shown with its first level, and then asked for in parts over another connection")
    func tooLarge() {
        var person = person()
        let parts = Subscription(id: "parts", path: .root, depth: 1)
        #expect(
            person.takeEffects() == [
                .network(.unsubscribe("whole")), .network(.subscribe(parts)), .network(.reconnect),
            ])
        // What was still on its way is not wanted any more.
        person.receive("whole", [("tree/a/2", 0)], more: true)
        #expect(person.model.tree.node(at: "tree/a/2") == nil)
    }

    @Test("is loaded where it is unfolded, once")
    func unfolding() {
        var person = inParts()
        #expect(person.row(with: "▸ a") != nil)
        person.press("jl")
        #expect(person.takeFetched().map(\.path) == ["tree/a"])
        #expect(person.row(with: "◌ a") != nil)
        person.wait(milliseconds: 100)
        #expect(person.takeFetched().isEmpty)
        person.receive("children-1", [("tree/a", 3), ("tree/a/1", 2), ("tree/a/2", 0), ("tree/a/3", 0)])
        #expect(person.row(with: "▾ a") != nil)
        #expect(person.row(with: "▸ 1") != nil)
    }

    @Test("has true numbers of children, and asks where a patch leaves them open")
    func counts() {
        var person = inParts()
        person.receive(.add([:]), "tree/a/4")
        #expect(childCount(person, "tree/a") == 4)
        #expect(person.takeFetched().isEmpty)
        person.receive(.add([:]), "tree/a/5/deep")
        let asked = person.takeFetched()
        #expect(asked.map(\.path) == ["tree/a"] && asked.map(\.depth) == [0])
        person.receive(asked[0].id, [("tree/a", 5)])
        #expect(childCount(person, "tree/a") == 5)
    }

    @Test("goes back to the place where it was opened, level by level")
    func start() {
        var person = Person(tree: nil, start: "tree/a/1/x", mostNodes: 4)
        person.goLive()
        person.receive("first", [("tree", 2), ("tree/a", 3), ("tree/b", 0)])
        person.receive("whole", [("tree", 2), ("tree/b", 0), ("tree/c", 0), ("tree/d", 0), ("tree/e", 0)], more: true)
        person.happen(.connection(.lost(reason: "made anew", retryAfter: 0)))
        person.goLive()
        _ = person.takeEffects()
        person.receive("parts", [("tree", 2), ("tree/a", 3), ("tree/b", 0)])
        #expect(person.takeFetched().map(\.path) == ["tree/a"])
        person.receive("children-1", [("tree/a", 1), ("tree/a/1", 2)])
        #expect(person.takeFetched().map(\.path) == ["tree/a/1"])
        person.receive("children-2", [("tree/a/1", 2), ("tree/a/1/x", 0), ("tree/a/1/y", 0)])
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/a/1/x"))
    }

    @Test("is searched by the server, and what it met is loaded when it is gone to")
    func search() {
        var person = inParts()
        person.press("/deep<Enter>")
        let asked = person.takeEffects().compactMap { effect in
            if case .network(.find(let query)) = effect { query } else { nil }
        }
        #expect(asked.map(\.query) == ["deep"])
        let paths: [TreePath] = ["tree/b", "tree/a/1"]
        person.happen(.connection(.found(id: asked[0].id, paths, more: true)))
        #expect(person.row(with: "1/2+") != nil)
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/b"))
        person.press("n")
        #expect(person.takeFetched().map(\.path) == ["tree/a"])
        person.receive("children-1", [("tree/a", 1), ("tree/a/1", 0)])
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/a/1"))
        person.press("n")
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/b"))
    }

    @Test("leads to a path that is typed, level by level")
    func goToPath() {
        var person = inParts()
        person.press("gp/a/1<Enter>")
        #expect(person.takeFetched().map(\.path) == ["tree/a"])
        person.receive("children-1", [("tree/a", 1), ("tree/a/1", 0)])
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/a/1"))
    }
}
