import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The outline under live data")
struct OutlineTests {
    @Test("insertions above the cursor scroll the rest and leave the cursor's row where it is")
    func insertionsAbove() {
        var person = Person()
        person.press("zRG")
        let before = person.treeRowNumber(with: "15")
        for name in ["aa", "ab", "ac"] { person.receive(.add([:]), TreePath("tree/spaces").appending(name)) }
        #expect(person.treeRowNumber(with: "15") == before)
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/spaces/sales/orders/15"))
    }

    @Test("insertions below the cursor leave the rows above as they are")
    func insertionsBelow() {
        var person = Person()
        person.press("zRgg")
        let before = person.rowNumber(with: "marketing")
        person.receive(.add([:]), "tree/spaces/zoo")
        #expect(person.rowNumber(with: "marketing") == before)
    }

    @Test("the cursor goes along with a node that is moved, and the way to it is unfolded")
    func followsMoves() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        let node = person.model.outline.node
        person.receive(.move(to: "tree/archive/old/101"), "tree/spaces/marketing/tasks/101")
        #expect(person.model.outline.node == node)
        #expect(person.treeRow(with: "101")?.contains("»") == true)
        #expect(person.treeRow(with: "archive")?.contains("▾") == true)
    }

    @Test("the changes that gc and gC go to are those of what is not muted")
    func mutedChanges() {
        var person = Person(start: "tree/spaces/sales")
        person.press("M")
        person.receive(.edit(["status": "done"]), "tree/spaces/marketing/tasks/101")
        person.receive(.edit(["status": "paid"]), "tree/spaces/sales/orders/15")
        for keys in ["gC", "gC", "gc"] {
            person.press(keys)
            #expect(person.model.outline.node == person.model.tree.node(at: "tree/spaces/marketing/tasks/101"))
        }
    }

    @Test("a node deleted under the cursor stays as a ghost until the user moves")
    func ghost() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        let before = person.treeRowNumber(with: "10 ")
        person.receive(.delete, "tree/spaces/marketing/tasks/10", by: "ann")
        #expect(person.row(with: "✗")?.contains("10 deleted by ann") == true)
        #expect(person.rowNumber(with: "deleted by ann") == before)
        person.press("j")
        #expect(person.row(with: "deleted by ann") == nil)
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/spaces/marketing/tasks/101"))
    }

    @Test("from a ghost, up leads to the sibling before it")
    func ghostUp() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.receive(.delete, "tree/spaces/marketing/tasks/10")
        person.press("k")
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/spaces/marketing/tasks/9"))
    }

    @Test("when an ancestor of the cursor's node is deleted, the ghost stands in the ancestor's place")
    func ghostOfSubtree() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.receive(.delete, "tree/spaces/marketing")
        #expect(person.row(with: "10 deleted by ann") != nil)
        person.press("j")
        #expect(person.model.outline.node == person.model.tree.node(at: "tree/spaces/sales"))
    }

    @Test("a ghost whose node is there again after a reconnect is that node, and hides nobody")
    func ghostAfterReconnect() {
        var person = Person(start: "tree/spaces/marketing/tasks/9")
        for name in ["101", "10", "9"] as [Name] {
            person.receive(.delete, TreePath("tree/spaces/marketing/tasks").appending(name))
        }
        #expect(person.treeRow(with: "9 deleted by ann") != nil)
        person.happen(.connection(.lost(reason: "gone", retryAfter: 250)))
        person.goLive()
        person.show(Person.workspace)
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/9")
        #expect(person.treeRow(with: "101  Campaign Planning") != nil)
    }

    @Test("siblings that come below a ghost are shown there")
    func ghostAmongNew() {
        var person = Person(start: "tree/spaces/marketing/campaigns/autumn")
        person.receive(.delete, "tree/spaces/marketing/campaigns/autumn")
        person.receive(.add([:]), "tree/spaces/marketing/campaigns/winter")
        #expect(person.treeRow(with: "winter") != nil)
        person.press("j")
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns/winter")
    }

    @Test("children stay in order however they come, go and are renamed", arguments: [1, 2, 3] as [UInt64])
    func orderUnderChanges(seed: UInt64) {
        var random = seed
        func number(_ limit: UInt64) -> UInt64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (random >> 33) % limit
        }
        var person = Person(tree: ["list": [:]], start: "tree/list")
        person.press("l")
        for _ in 0..<300 {
            let name = Name(stringLiteral: "n\(number(40))")
            let path = TreePath("tree/list").appending(name)
            switch number(3) {
            case 0: person.receive(.add([:]), path)
            case 1: person.receive(.delete, path)
            default:
                person.receive(.move(to: TreePath("tree/list").appending(Name(stringLiteral: "n\(number(40))"))), path)
            }
            guard let list = person.model.tree.node(at: "tree/list") else { continue }
            var sorted = person.model.outline.sorted
            let names = sorted.children(of: list, in: person.model.tree).map { person.model.tree.name(of: $0).text }
            #expect(
                names
                    == person.model.tree.children(of: list).map { person.model.tree.name(of: $0).text }
                    .sorted(by: NaturalOrder.precedes))
        }
    }

    @Test("on a narrow screen, looking at the properties leaves the tree where it was")
    func inspectorAndBack() {
        var person = Person(columns: 80, start: "tree/spaces/marketing/tasks/101")
        let before = person.screen
        person.press("<F3>")
        #expect(person.screen != before)
        person.press("<F3>")
        #expect(person.screen == before)
        person.press("i<Esc>")
        #expect(person.screen == before)
    }

    @Test("a window that shrank to nothing and grew again is filled")
    func shrinkAndGrow() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        let before = person.screen
        person.happen(.terminal(.resized(Size(columns: 1, rows: 1))))
        person.happen(.terminal(.resized(Size(columns: 100, rows: 24))))
        #expect(person.screen == before)
    }

    @Test("a destructive key is held back right after something else came under the cursor")
    func settling() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.receive(.move(to: "tree/spaces/sales/10"), "tree/spaces/marketing/tasks/10")
        person.press("dd")
        #expect(person.row(with: "look again") != nil)
        person.wait(milliseconds: 500)
        person.press("dd")
        #expect(person.row(with: "delete tree/spaces/sales/10?") != nil)
    }

    @Test("children are in natural order: 9 before 10 before 101")
    func naturalOrder() throws {
        var person = Person()
        person.press("zR")
        let rows = try ["Slogan", "Flyer", "Campaign Planning"].map { try #require(person.rowNumber(with: $0)) }
        #expect(rows == rows.sorted())
    }

    @Test("the order can be as received and by last change")
    func otherOrders() throws {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.receive(.add(["name": "Poster"]), "tree/spaces/marketing/tasks/50")
        person.wait(milliseconds: 10)
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/9")
        person.press("go")
        #expect(try #require(person.rowNumber(with: "Poster")) > (try #require(person.rowNumber(with: "Slogan"))))
        #expect(try #require(person.rowNumber(with: "Poster")) > (try #require(person.rowNumber(with: "Planning"))))
        person.press("go")
        #expect(try #require(person.rowNumber(with: "Poster")) > (try #require(person.rowNumber(with: "Slogan"))))
        #expect(try #require(person.rowNumber(with: "Poster")) < (try #require(person.rowNumber(with: "Planning"))))
    }

    @Test("a folded node counts what changed below it until it is opened")
    func rollUp() {
        var person = Person()
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/101")
        person.receive(.add([:]), "tree/spaces/marketing/tasks/102")
        person.receive(.delete, "tree/spaces/marketing/tasks/9")
        #expect(person.row(with: "marketing")?.contains("~1 +1 -1") == true)
        person.press("jjl")
        #expect(person.row(with: "▾ marketing")?.contains("~1") == false)
        #expect(person.row(with: "▸ tasks")?.contains("~1 +1 -1") == true)
    }

    @Test("marks fade after ten seconds")
    func marksFade() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/101")
        #expect(person.treeRow(with: "Campaign Planning")?.contains("~") == true)
        person.wait(milliseconds: 10_001)
        #expect(person.treeRow(with: "Campaign Planning")?.contains("~") == false)
    }

    @Test("counts repeat motions, and the parent, sibling and end motions go where they say")
    func motions() {
        var person = Person()
        person.press("zRgg3j")
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
        person.press("J")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks")
        person.press("K")
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
        person.press("H")
        #expect(person.cursorPath == "tree/spaces/marketing")
        person.press("G")
        #expect(person.cursorPath == "tree/spaces/sales/orders/15")
        person.press("gg")
        #expect(person.cursorPath == "tree")
        person.press("zMl")
        #expect(person.cursorPath == "tree/spaces")
    }

    @Test("folding a node that holds the cursor takes the cursor onto it")
    func foldingRetreats() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("zM")
        #expect(person.cursorPath == "tree/spaces")
        person.press("z2")
        #expect(person.row(with: "▸ tasks") == nil)
        #expect(person.row(with: "▸ marketing") != nil)
    }

    @Test("a subtree can be made the top, and left again")
    func zoom() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("L")
        #expect(person.row(with: "┌ tree/spaces/marketing/tasks") != nil)
        #expect(person.row(with: "sales") == nil)
        person.press("<Backspace>")
        #expect(person.row(with: "sales") != nil)
    }

    @Test("paging through many children keeps the cursor in sight and ends at the last one")
    func paging() {
        let many = JSONValue.object((0..<500).map { JSONValue.Member(key: "n\($0)", value: [:]) })
        var person = Person(tree: ["list": many])
        person.press("<C-f><C-f><C-f>")
        let name = person.model.outline.node.map { person.model.tree.name(of: $0).text }
        #expect(name.map { person.rowNumber(with: $0) } != nil)
        for _ in 0..<60 { person.press("<PageDown>") }
        #expect(person.cursorPath == "tree/list/n499")
    }

    @Test("after a reconnect, cursor and folds are where they were")
    func reconnect() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.happen(.connection(.lost(reason: "gone", retryAfter: 250)))
        #expect(person.row(with: "offline") != nil)
        person.goLive()
        person.show(Person.workspace.setting("news", to: ["today": 1]))
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101")
        #expect(person.row(with: "while away +1") != nil)
    }
}

extension Person {
    var cursorPath: TreePath? { model.outline.node.map { model.tree.path(of: $0) } }
}

extension TreePath {
    fileprivate func appending(_ name: String) -> TreePath { appending(Name(stringLiteral: name)) }
}
