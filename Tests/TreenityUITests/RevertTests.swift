import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Reverting and exporting patches")
struct RevertTests {
    private static let task: TreePath = "tree/spaces/marketing/tasks/101"

    @Test("U shows what would be sent, and sends it after y")
    func revert() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), Self.task)
        person.press("<Tab><Tab>kU")
        #expect(person.row(with: "revert EDIT tree/spaces/marketing/tasks/101") != nil)
        #expect(person.row(with: "EDIT  tree/spaces/marketing/tasks/101  {status: assigned}") != nil)
        #expect(person.takeSent().isEmpty)
        person.press("y")
        let sent = person.takeSent()
        #expect(sent.map(\.operation) == [.edit(["status": "assigned"])])
        #expect(sent.map(\.path) == [Self.task])
    }

    @Test("it says who changed what since, and does nothing without y")
    func disturbed() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), Self.task)
        person.receive(.edit(["status": "done"]), Self.task, by: "john.doe")
        person.press("<Tab><Tab>kkU")
        #expect(person.row(with: "tree/spaces/marketing/tasks/101/status was changed by john.doe 0s ago") != nil)
        person.press("n")
        #expect(person.takeSent().isEmpty)
        #expect(person.screen.contains("nothing was done"))
    }

    @Test("a deletion brings the whole subtree back")
    func deletion() {
        var person = Person(columns: 120)
        person.receive(.delete, "tree/spaces/marketing/tasks")
        person.press("<Tab><Tab>kU")
        #expect(person.row(with: "4 nodes would come back.") != nil)
        person.press("y")
        #expect(person.model.tree.node(at: Self.task) != nil)
    }

    @Test("a burst goes back to before its first patch")
    func burst() {
        var person = Person(columns: 120)
        for total in 1...5 { person.receive(.edit(["total": .integer(total)]), "tree/spaces/sales/orders/15") }
        person.press("<Tab><Tab>kUy")
        #expect(person.takeSent().map(\.operation) == [.edit(["total": 120])])
    }

    @Test("gx says how many refused edits it leaves out")
    func exportOfRefused() {
        var person = Person(columns: 120)
        person.receive(.delete, Self.task)
        person.press("anew<Enter>")
        for patch in person.takeSent() { person.refuse(patch, .forbidden, "not you") }
        person.press("gx")
        #expect(person.row(with: "patches-1-1.jsonl  one JSON text a line, without 1 refused edit") != nil)
    }

    @Test("gx writes what is shown, patch by patch, and says where")
    func export() {
        var person = Person(columns: 120)
        for total in 1...3 { person.receive(.edit(["total": .integer(total)]), "tree/spaces/sales/orders/15") }
        person.receive(.delete, Self.task)
        person.press("gFop:EDIT<Enter>gx")
        #expect(person.row(with: "write the shown patches to: patches-1-3.jsonl") != nil)
        _ = person.takeEffects()
        person.press("<C-u>/tmp/x.jsonl<Enter>")
        let exports = person.takeEffects().compactMap { if case .export(let export) = $0 { export } else { nil } }
        #expect(exports.map(\.file) == ["/tmp/x.jsonl"])
        #expect(exports.first?.patches.map { $0.seq?.value } == [1, 2, 3])
        person.happen(.exported(file: "/tmp/x.jsonl", count: 3, problem: nil))
        #expect(person.screen.contains("3 patches written to /tmp/x.jsonl"))
        person.happen(.exported(file: "/tmp/x.jsonl", count: 0, problem: "there is such a file already"))
        #expect(person.screen.contains("nothing was written to /tmp/x.jsonl: there is such a file already"))
    }
}
