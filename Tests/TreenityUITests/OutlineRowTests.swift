import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Rows of the outline")
struct OutlineRowTests {
    @Test("properties become rows under their nodes, on which the cursor can stand and keys act")
    func propertyRows() throws {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("zpl")
        let rows = try ["status  assigned", "tags  "].map { try #require(person.treeRowNumber(with: $0)) }
        #expect(rows == rows.sorted())
        person.press("j")
        #expect(person.model.outline.cursor == person.property("status", of: "tree/spaces/marketing/tasks/101"))
        person.press("i<C-u>done<Enter>")
        #expect(person.takeSent().map(\.path) == ["tree/spaces/marketing/tasks/101/status"])
        #expect(person.treeRow(with: "status  done") != nil)
    }

    @Test("a property that goes leaves the cursor on its node")
    func propertyGoes() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("zplj")
        person.receive(.delete, "tree/spaces/marketing/tasks/101/status")
        #expect(
            person.model.outline.cursor
                == person.model.tree.node(at: "tree/spaces/marketing/tasks/101").map { .node($0) })
        person.press("zp")
        #expect(person.treeRow(with: "tags  ") == nil)
    }

    @Test("walking down and up again passes the same rows", arguments: [false, true])
    func symmetry(withProperties: Bool) {
        var person = Person()
        person.press(withProperties ? "zpzR" : "zR")
        var down: [OutlineCursor] = []
        while down.last != person.model.outline.cursor {
            down.append(person.model.outline.cursor)
            person.press("j")
        }
        var up = [person.model.outline.cursor]
        while person.model.outline.cursor != .node(person.model.tree.root) {
            person.press("k")
            up.append(person.model.outline.cursor)
        }
        #expect(down == up.reversed())
        #expect(down.count == (withProperties ? 21 : 12))
    }

    @Test("opening to a depth holds for what comes later, too")
    func depthRule() {
        var person = Person()
        person.press("z3")
        #expect(person.treeRow(with: "▸ tasks") != nil)
        person.receive(.add(["deep": ["deeper": [:]]]), "tree/spaces/support")
        #expect(person.treeRow(with: "▸ deep") != nil)
        person.press("zR")
        #expect(person.treeRow(with: "deeper") != nil)
        person.press("zM")
        #expect(person.treeRow(with: "deep") == nil)
    }

    @Test("one node folded after everything was opened stays folded, one opened below a fold is found open")
    func exceptions() {
        var person = Person()
        person.press("zRggjjzc")
        #expect(person.treeRow(with: "▸ marketing") != nil)
        #expect(person.treeRow(with: "orders") != nil)
        person.press("zo")
        #expect(person.treeRow(with: "▾ tasks") != nil)
    }

    @Test("long names and far columns are reached by scrolling to the side")
    func horizontalScroll() {
        let name = String(repeating: "very-long-", count: 12) + "end"
        var person = Person(tree: .object([JSONValue.Member(key: name, value: ["a": [:]])]))
        #expect(person.treeRow(with: "-end") == nil)
        person.press("8zl")
        #expect(person.treeRow(with: "-end") != nil)
        person.press("9zh")
        #expect(person.treeRow(with: "very-long-very") != nil)
    }

    @Test("Backspace goes back through the places that were left by jumps")
    func visits() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.press("L")
        person.press("gp<C-u>/spaces/sales<Enter>")
        #expect(person.cursorPath == "tree/spaces/sales")
        person.press("<Backspace>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/10")
        #expect(person.row(with: "┌ tree/spaces/marketing/tasks/10") != nil)
        person.press("<Backspace>")
        #expect(person.row(with: "┌ tree/spaces/marketing/tasks/10") == nil)
    }

    @Test("the natural order of sorted keys is that of names, byte for byte")
    func naturalKeys() {
        var random = FuzzRandom(3)
        let letters = ["0", "00", "1", "9", "10", "a", "A", "b", "-", "é", "日", "0123456789012345678", "~", "!"]
        var names: Set<String> = []
        for _ in 0..<800 {
            let parts = (0...random.number(below: 5)).map { _ in random.element(of: letters) }
            names.insert(parts.joined())
        }
        for prefix in ["", "node-", "a name of more than sixteen bytes "] {
            let members = names.map { JSONValue.Member(key: prefix + $0, value: [:]) }
            let person = Person(tree: .object(members))
            let tree = person.model.tree
            let sorted = NaturalKeys.sorted(childrenOf: tree.root, in: tree).map { tree.name(of: $0).text }
            #expect(sorted == members.map(\.key).sorted(by: NaturalOrder.precedes))
        }
    }

    @Test("in the order of last change, one that changes goes to the front")
    func recent() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("gogol")
        for name in ["10", "101", "9"] as [Name] {
            person.wait(milliseconds: 5)
            person.receive(.edit(["status": "x"]), TreePath("tree/spaces/marketing/tasks").appending(name))
        }
        var outline = person.model.outline
        let tasks = person.model.tree.node(at: "tree/spaces/marketing/tasks")
        let names = tasks.map { outline.children($0, person.model.tree).map { person.model.tree.name(of: $0).text } }
        #expect(names == ["9", "101", "10"])
    }
}

extension Person {
    func property(_ name: Name, of path: TreePath) -> OutlineCursor? {
        model.tree.node(at: path).map { .property($0, name) }
    }
}
