import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("The place in a tree")
struct PlaceTests {
    private func kept(_ effects: [Effect]) -> [KeptPlace] {
        effects.compactMap { effect in
            if case .state(.keepPlace(let place)) = effect { place } else { nil }
        }
    }

    @Test("is kept now and then where it changed, and at the end, before the program ends")
    func keeping() throws {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.model.settings.keepsPlace = true
        person.wait(milliseconds: 6_000)
        let place = try #require(kept(person.takeEffects()).first)
        #expect(place.cursor == "tree/spaces/marketing/tasks/10")
        #expect(place.folds.contains(KeptFold("tree/spaces/marketing", .open)))
        person.wait(milliseconds: 6_000)
        #expect(kept(person.takeEffects()).isEmpty)
        person.press("jq")
        let effects = person.takeEffects()
        #expect(kept(effects).map(\.cursor) == ["tree/spaces/marketing/tasks/101"])
        #expect(effects.last == .quit)
    }

    @Test("survives being written and read")
    func written() {
        let folds = [KeptFold("tree", .depth(3)), KeptFold("tree/a", .folded), KeptFold("tree/~1", .open)]
        let place = KeptPlace(cursor: "tree/a/b", top: "tree/a", folds: folds)
        #expect(KeptPlace(place.json) == place)
        #expect(KeptPlace(["cursor": 3]) == nil)
    }

    @Test("is gone back to, whether the tree or the place comes first", arguments: [false, true])
    func restoring(isPlaceFirst: Bool) {
        let place = KeptPlace(
            cursor: "tree/spaces/sales/orders", top: "tree",
            folds: ["tree/spaces", "tree/spaces/sales", "tree/spaces/marketing"].map { KeptFold($0, .open) })
        var person = Person(tree: nil)
        if isPlaceFirst { person.happen(.kept(.place(place))) }
        person.goLive()
        person.show(Person.workspace)
        if !isPlaceFirst { person.happen(.kept(.place(place))) }
        #expect(person.cursorPath == "tree/spaces/sales/orders")
        #expect(person.treeRow(with: "▸ campaigns") != nil)
    }

    @Test("is no matter where one was asked for")
    func asked() {
        var person = Person(start: "tree/spaces")
        person.happen(.kept(.place(KeptPlace(cursor: "tree/spaces/sales", top: "tree", folds: []))))
        #expect(person.cursorPath == "tree/spaces")
    }

    @Test("comes back as it was: opened to a depth, folded one by one, a subtree as the top")
    func depth() throws {
        var person = Person()
        person.model.settings.keepsPlace = true
        person.press("ggz4gp/spaces/marketing/tasks<Enter>zcHLj")
        person.press("q")
        let place = try #require(kept(person.takeEffects()).last)
        let rows = person.model.outline.rows.count
        #expect(place.top == "tree/spaces/marketing")
        var next = Person(tree: nil)
        next.happen(.kept(.place(try #require(KeptPlace(place.json)))))
        next.goLive()
        next.show(Person.workspace)
        #expect(next.cursorPath == person.cursorPath)
        #expect(next.treeRow(with: "▾ marketing") != nil)
        #expect(next.treeRow(with: "▸ tasks") != nil)
        #expect(next.treeRow(with: "autumn") != nil)
        #expect(next.treeRow(with: "sales") == nil)
        #expect(next.model.outline.rows.count == rows)
    }

    @Test("of which the cursor is gone is the top, and what was unfolded is nowhere gone to")
    func goneCursor() {
        let folds = [KeptFold("tree/spaces", .open), KeptFold("tree/spaces/sales", .open)]
        var person = Person()
        person.happen(.kept(.place(KeptPlace(cursor: "tree/spaces/x", top: "tree", folds: folds))))
        #expect(person.cursorPath == "tree")
        #expect(person.treeRow(with: "orders") != nil)
    }
}
