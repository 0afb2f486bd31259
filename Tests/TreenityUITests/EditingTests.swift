import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Editing by keystroke")
struct EditingTests {
    @Test("a adds a node, shown at once as pending, and confirmed by the server")
    func add() throws {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("a102<Enter>")
        let sent = person.takeSent()
        #expect(sent.map(\.path) == ["tree/spaces/marketing/tasks/102"])
        #expect(sent.map(\.operation) == [.add([:])])
        #expect(sent[0].sender == "me")
        #expect(person.treeRow(with: "102")?.contains("…") == true)
        #expect(person.row(with: "1 pending") != nil)
        person.accept(sent[0])
        #expect(person.row(with: "1 pending") == nil)
        #expect(person.treeRow(with: "102")?.contains("+") == true)
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/102")
    }

    static let additions: [(String, JSONValue)] = [
        ("due = friday", "friday"), ("due = 42", 42), ("due=\"42\"", "42"), ("due = [1,2]", [1, 2]),
        ("due = true", true), ("due = ", ""),
    ]

    @Test("a adds a property with its type", arguments: additions)
    func addProperty(line: String, value: JSONValue) {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("a\(line)<Enter>")
        #expect(person.takeSent().map(\.operation) == [.add(value)])
    }

    @Test("what cannot be added is said in the prompt, which stays open")
    func addComplaint() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("a..<Enter>")
        #expect(person.row(with: "add to tasks: ..")?.contains("cannot be a name") == true)
        person.press("<C-u>101<Enter>")
        #expect(person.row(with: "exists already") != nil)
        #expect(person.takeSent().isEmpty)
    }

    @Test("i edits the most telling property in place and keeps its type")
    func edit() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("i")
        #expect(person.row(with: "edit name") != nil)
        person.press("<C-u>42<Enter>")
        let sent = person.takeSent()
        #expect(sent.map(\.path) == ["tree/spaces/marketing/tasks/101/name"])
        #expect(sent.map(\.operation) == [.edit("42")])
    }

    @Test("a number stays a number")
    func editNumber() {
        var person = Person(start: "tree/spaces/sales/orders/15")
        person.press("i<C-u>99")
        #expect(person.row(with: "edit total")?.contains("number") == true)
        person.press("<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit(99)])
    }

    @Test("a refusal undoes the edit and says why")
    func refusal() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("i<C-u>Other<Enter>")
        #expect(person.row(with: "Other") != nil)
        let sent = person.takeSent()
        person.refuse(sent[0], .forbidden, "not yours")
        #expect(
            person.row(with: "│ name")?.contains("Campaign Planning") ?? person.screen.contains("Campaign Planning"))
        #expect(person.row(with: "EDIT refused: not yours") != nil)
        #expect(person.row(with: "refused: not yours") != nil)
    }

    @Test("dd asks, saying how many nodes go; y deletes, any other key does not")
    func delete() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        person.press("dd")
        #expect(person.row(with: "delete tree/spaces/marketing/tasks and the 3 nodes below it?") != nil)
        person.press("d")
        #expect(person.takeSent().isEmpty)
        person.press("ddy")
        #expect(person.takeSent().map(\.operation) == [.delete])
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
    }

    @Test("x and p move a node below the cursor, and the cursor goes along")
    func cutAndPaste() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("xgp<C-u>tree/spaces/sales<Enter>p")
        let sent = person.takeSent()
        #expect(sent.map(\.path) == ["tree/spaces/marketing/tasks/101"])
        #expect(sent.map(\.operation) == [.move(to: "tree/spaces/sales/101")])
        #expect(person.cursorPath == "tree/spaces/sales/101")
    }

    @Test("m moves to a typed path, into it where a node is there")
    func move() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("m<C-u>tree/spaces/sa<Tab><Enter>")
        #expect(person.takeSent().map(\.operation) == [.move(to: "tree/spaces/sales/101")])
    }

    @Test("a does not overwrite a property that is there")
    func addExisting() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("aname = dup<Enter>")
        #expect(person.row(with: "name exists already") != nil)
        #expect(person.takeSent().isEmpty)
    }

    @Test("m to a place below nothing asks once more, since a slip would make nodes")
    func moveBelowNothing() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("m<C-u>/nope/101<Enter>")
        #expect(person.row(with: "nothing is at tree/nope; Enter once more creates it") != nil)
        #expect(person.takeSent().isEmpty)
        person.press("<Enter>")
        #expect(person.takeSent().map(\.operation) == [.move(to: "tree/nope/101")])
    }

    @Test("r renames a node, and in the inspector a property")
    func rename() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("r<C-u>planning<Enter><Tab>jr<C-u>state<Enter>")
        #expect(
            person.takeSent().map(\.operation) == [
                .move(to: "tree/spaces/marketing/tasks/planning"),
                .move(to: "tree/spaces/marketing/tasks/planning/state"),
            ])
    }

    @Test("edits made offline are kept and go out on return")
    func offline() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.happen(.connection(.lost(reason: "gone", retryAfter: 250)))
        person.press("a103<Enter>")
        #expect(person.takeSent().map(\.path) == ["tree/spaces/marketing/tasks/103"])
        #expect(person.row(with: "1 pending") != nil)
        person.goLive()
        #expect(person.takeSentAgain().map(\.path) == ["tree/spaces/marketing/tasks/103"])
    }

    @Test("a remote change of what is being edited is shown at once")
    func remoteChange() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("i")
        person.receive(.edit(["name": "Theirs"]), "tree/spaces/marketing/tasks/101", by: "ann")
        #expect(person.row(with: "now \"Theirs\" by ann") != nil)
    }

    @Test("Esc keeps the draft, and the same key brings it back")
    func draft() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("ahalf<Esc>a")
        #expect(person.row(with: "add to tasks: half") != nil)
    }

    @Test("Esc leaves no draft of where something was to be moved, typed or completed")
    func noDraftOfPlace() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("m<C-u>tree/spa<Tab><Esc>")
        #expect(person.screen.contains("draft") == false)
        person.press("m")
        #expect(person.row(with: "move to: tree/spaces/marketing/tasks/101") != nil)
        person.press("x<Esc>gd")
        #expect(person.row(with: "there are no drafts") != nil)
        person.wait(milliseconds: 2_000)
        #expect(!person.takeEffects().contains { if case .keepDrafts = $0 { true } else { false } })
    }

    @Test("a paste goes into what is typed, and does nothing elsewhere")
    func paste() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.happen(.terminal(.pasted("ddy\nqq")))
        #expect(person.takeEffects().isEmpty)
        person.press("a")
        person.happen(.terminal(.pasted("one\ntwo")))
        #expect(person.row(with: "add to tasks: one two") != nil)
    }

    @Test("edits carry stamps later than all that their user has seen, whatever the clock says")
    func stamps() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 5_000)
        person.receive(.add([:]), "tree/x")
        person.wait(milliseconds: -4_000)
        person.press("a1<Enter>")
        #expect((person.takeSent()[0].timestamp?.milliseconds ?? 0) == person.clock + 4_001)
    }

    @Test("a bare server that does not send an edit on has refused it")
    func bareRefusal() {
        var person = Person(tree: nil)
        person.goLive(bare: true)
        person.show(Person.workspace)
        person.press("anew<Enter>")
        #expect(person.row(with: "1 pending") != nil)
        person.wait(milliseconds: 11_000)
        #expect(person.row(with: "1 pending") == nil)
        #expect(person.row(with: "did not send it on") != nil)
    }

    @Test("a bare server has its time from when it is there, for edits made before, too")
    func bareRefusalAfterReturn() {
        var person = Person(tree: nil)
        person.goLive(bare: true)
        person.show(Person.workspace)
        person.happen(.connection(.lost(reason: "gone", retryAfter: 250)))
        person.press("anew<Enter>")
        person.wait(milliseconds: 11_000)
        person.goLive(bare: true)
        person.wait(milliseconds: 9_000)
        #expect(person.row(with: "1 pending") != nil)
        person.wait(milliseconds: 2_000)
        #expect(person.row(with: "did not send it on") != nil)
    }

    @Test("Escape and a key pressed too fast to be told from Alt are Escape and that key")
    func fastEscape() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("ahalf")
        person.happen(.terminal(.key(.alt("j"))))
        #expect(person.row(with: "add to tasks") == nil)
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/9")
        person.happen(.terminal(.key(.wordLeft)))
        #expect(person.cursorPath == "tree/spaces/marketing/tasks")
    }

    @Test("quitting asks while edits have no answer")
    func quit() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.press("a1<Enter>q")
        #expect(!person.takeEffects().contains(.quit))
        person.press("y")
        #expect(person.takeEffects() == [.quit])
    }
}
