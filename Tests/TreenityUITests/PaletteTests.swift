import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The palette, and going to a path")
struct PaletteTests {
    @Test("lists all commands with their keys, by words")
    func commands() {
        var person = Person()
        person.press(":unfold every")
        #expect(person.row(with: "unfold everything")?.contains("zR") == true)
        person.press("<Enter>")
        #expect(person.treeRow(with: "Flyer") != nil)
    }

    @Test("q quits")
    func quit() {
        var person = Person()
        person.press(":q<Enter>")
        #expect(person.takeEffects() == [.quit])
    }

    @Test("set changes a setting, with completion of names and values")
    func settings() {
        var person = Person()
        person.press(":set ord<Tab>rec<Up>")
        #expect(person.row(with: "command: set order rec") != nil)
        person.press("<C-u>set order recent<Enter>")
        #expect(person.model.settings.order == .recent)
        person.press(":set order best<Enter>")
        #expect(person.row(with: "order is one of natural, received, recent") != nil)
        person.press("<Esc>:set properties on<Enter>")
        #expect(person.model.outline.showsProperties)
    }

    @Test("says where nothing fits")
    func nothing() {
        var person = Person()
        person.press(":qqqqqqqqq<Enter>")
        #expect(person.row(with: "no command is called so") != nil)
        person.press("<Esc>")
        #expect(person.model.dialog == nil)
    }

    @Test("a path is found by letters of it")
    func letters() {
        var person = Person()
        person.press("gpmktsk10")
        #expect(person.row(with: " tree/spaces/marketing/tasks/101 ") != nil)
        person.press("<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/10")
    }

    @Test("a piece of a path is letters too", arguments: ["tasks/101", "sp/mark/101", "/sp/101"])
    func pieces(piece: String) {
        var person = Person()
        person.press("gp\(piece)")
        #expect(person.row(with: " tree/spaces/marketing/tasks/101 ") != nil)
        person.press("<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101")
    }

    @Test("Tab goes on along a path, Up chooses another")
    func completion() {
        var person = Person()
        person.press("gp/spaces/m<Tab>ta<Tab>")
        #expect(person.row(with: "go to: tree/spaces/marketing/tasks/") != nil)
        person.press("<Up><Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/10")
    }

    @Test("of a node's children all are looked at, however many there are, in natural order")
    func manyChildren() {
        let children = (0..<4_100).map { JSONValue.Member(key: "n\($0)", value: [:]) }
        var person = Person(tree: ["many": .object(children), "few": [:]])
        person.press("gp/many/4099")
        while person.model.finder.paths?.isComplete == false { person.wait(milliseconds: 1) }
        #expect(person.row(with: " tree/many/n4099 ") != nil)
        person.press("<C-u>/many/")
        while person.model.finder.paths?.isComplete == false { person.wait(milliseconds: 1) }
        person.press("<Enter>")
        #expect(person.cursorPath == "tree/many")
        person.press("gp/many/<Tab>")
        #expect(person.row(with: "go to: tree/many/n0/") != nil)
    }

    @Test("without anything typed, the places that were left are listed")
    func visited() {
        var person = Person(start: "tree/spaces/sales/orders/15")
        person.press("gp/motd<Enter>")
        person.press("gp/spaces<Enter>gp")
        #expect(person.row(with: "tree/spaces/sales/orders/15")?.contains("visited") == true)
        person.press("<Esc>")
    }
}
