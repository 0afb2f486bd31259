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
        #expect(place.opened.contains("tree/spaces/marketing"))
        person.wait(milliseconds: 6_000)
        #expect(kept(person.takeEffects()).isEmpty)
        person.press("jq")
        let effects = person.takeEffects()
        #expect(kept(effects).map(\.cursor) == ["tree/spaces/marketing/tasks/101"])
        #expect(effects.last == .quit)
    }

    @Test("survives being written and read")
    func written() {
        let place = KeptPlace(cursor: "tree/a/b", top: "tree/a", opened: ["tree/a", "tree/~1"])
        #expect(KeptPlace(place.json) == place)
        #expect(KeptPlace(["cursor": 3]) == nil)
    }

    @Test("is gone back to, whether the tree or the place comes first", arguments: [false, true])
    func restoring(isPlaceFirst: Bool) {
        let place = KeptPlace(
            cursor: "tree/spaces/sales/orders", top: "tree",
            opened: ["tree/spaces", "tree/spaces/sales", "tree/spaces/marketing"])
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
        person.happen(.kept(.place(KeptPlace(cursor: "tree/spaces/sales", top: "tree", opened: []))))
        #expect(person.cursorPath == "tree/spaces")
    }
}
