import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The tree's filter")
struct FilterTests {
    @Test("shows what fits with all above it, says how much that is, and goes to the first")
    func filter() {
        var person = Person()
        person.press("fcpgn")
        #expect(person.treeRow(with: "campaigns") != nil)
        #expect(person.treeRow(with: "marketing") != nil)
        #expect(person.treeRow(with: "sales") == nil)
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
        #expect(person.row(with: "tree — filter: cpgn — 1/1") != nil)
        person.press("<Enter>")
        #expect(person.treeRow(with: "sales") == nil)
        person.press("<Esc>")
        #expect(person.treeRow(with: "sales") != nil)
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
    }

    @Test("finds words of the values that rows show")
    func values() {
        var person = Person()
        person.press("freview<Enter>")
        #expect(person.treeRow(with: "Flyer") != nil)
        #expect(person.treeRow(with: "Slogan") == nil)
    }

    @Test("is live: what comes to fit is shown, what fits no more goes")
    func live() {
        var person = Person()
        person.press("freview<Enter>")
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/9")
        #expect(person.treeRow(with: "Slogan") != nil)
        person.receive(.edit(["status": "done"]), "tree/spaces/marketing/tasks/9")
        #expect(person.treeRow(with: "Slogan") == nil)
    }

    @Test("leaves what is below a match to be unfolded, and lets nodes be folded")
    func folds() {
        var person = Person()
        person.press("fmarketing<Enter>")
        #expect(person.treeRow(with: "▸ marketing") != nil)
        person.press("l")
        #expect(person.treeRow(with: "▸ tasks") != nil)
        person.press("h")
        #expect(person.treeRow(with: "tasks") == nil)
        person.press("ggjzc")
        #expect(person.treeRow(with: "▸ spaces") != nil)
    }

    @Test("is given up where something outside of it is gone to")
    func goingOutside() {
        var person = Person()
        person.press("ftasks<Enter>gptree/spaces/sales<Enter>")
        #expect(person.cursorPath == "tree/spaces/sales")
        #expect(person.row(with: "filter:") == nil)
    }

    @Test("in the patches filters those")
    func feed() {
        var person = Person()
        person.press("<Tab><Tab>f")
        if case .feed = person.model.dialog {} else { Issue.record("no filter of the patches: \(person.screen)") }
    }
}
