import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("A text that is edited together")
struct SharedEditTests {
    private static let place: TreePath = "tree/task/notes"

    private static func person() -> Person {
        var person = Person(tree: ["task": ["notes": "the cat\nsat"]], start: "tree/task")
        person.press("i")
        return person
    }

    private static func text(_ person: Person) -> String? {
        guard case .editor(let editor) = person.model.dialog else { return nil }
        return editor.field.text
    }

    private static func insert(_ text: String, at place: Int) -> Patch.Operation {
        .edit(TextEdit([.keep(place), .insert(text)]).json)
    }

    @Test("others' edits appear in the open text as they happen, and the cursor stays where it belongs")
    func incoming() {
        var person = Self.person()
        person.press("<Up><End>ty")
        person.receive(Self.insert("See ", at: 0), Self.place)
        #expect(Self.text(person) == "See the catty\nsat")
        #expect(person.row(with: "ann edits too") != nil)
        person.receive(.edit(["notes": TextEdit([.keep(15), .insert(" now")]).json]), "tree/task")
        #expect(Self.text(person) == "See the catty\nsat now")
        person.press("!")
        #expect(Self.text(person) == "See the catty!\nsat now")
    }

    @Test("saving sends an edit of the text, with its base")
    func saving() {
        var person = Self.person()
        person.receive(Self.insert("See ", at: 0), Self.place)
        person.press(" down<C-d>")
        let sent = person.takeSent()
        #expect(sent.map(\.operation) == [Self.insert(" down", at: 15)])
        #expect(sent.map(\.base) == [person.model.replica.applied])
        #expect(person.model.dialog == nil)
    }

    @Test("live, what is typed goes out after a pause, one edit at a time")
    func live() {
        var person = Self.person()
        person.press("<C-l> a")
        person.wait(milliseconds: 200)
        person.press("b")
        person.wait(milliseconds: 299)
        #expect(person.takeSent().isEmpty)
        #expect(person.model.wakesAt == Timestamp(milliseconds: person.clock + 1))
        person.wait(milliseconds: 1)
        let first = person.takeSent()
        #expect(first.map(\.operation) == [Self.insert(" ab", at: 11)])
        person.press("c")
        person.wait(milliseconds: 2_000)
        #expect(person.takeSent().isEmpty, "the first has no answer yet")
        person.receive(Self.insert("See ", at: 0), Self.place)
        #expect(Self.text(person) == "See the cat\nsat abc")
        var decided = first[0]
        decided.operation = Self.insert(" ab", at: 15)
        person.accept(decided)
        #expect(person.takeSent().map(\.operation) == [Self.insert("c", at: 18)])
        #expect(Self.text(person) == "See the cat\nsat abc")
    }

    @Test("live, an edit goes out a second after its first key at the latest")
    func liveTyping() {
        var person = Self.person()
        person.press("<C-l>")
        for _ in 0..<9 {
            person.press("x")
            person.wait(milliseconds: 100)
        }
        #expect(person.takeSent().isEmpty)
        person.press("x")
        person.wait(milliseconds: 100)
        #expect(person.takeSent().count == 1)
    }

    @Test("saving while an edit is under way waits for its answer, and then sends the rest and closes")
    func savingWaits() {
        var person = Self.person()
        person.press("<C-l>a")
        person.wait(milliseconds: 300)
        let first = person.takeSent()
        person.press("b<C-d>")
        #expect(person.row(with: "waiting for the answer") != nil)
        person.accept(first[0])
        #expect(person.takeSent().map(\.operation) == [Self.insert("b", at: 12)])
        #expect(person.model.dialog == nil)
    }

    @Test("where the text was replaced as a whole, saving compares")
    func replaced() {
        var person = Self.person()
        person.press("!")
        person.receive(.edit("other"), Self.place)
        #expect(Self.text(person) == "the cat\nsat!")
        #expect(person.row(with: "now \"other\" by ann") != nil)
        person.press("<C-d>m<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit("the cat\nsat!")])
    }

    @Test("a refused edit stays in the text, which is then saved as a whole")
    func refused() {
        var person = Self.person()
        person.press("<C-l>!")
        person.wait(milliseconds: 300)
        person.refuse(person.takeSent()[0], .stale, "too old")
        #expect(Self.text(person) == "the cat\nsat!")
        person.press("<C-d>")
        #expect(person.takeSent().map(\.operation) == [.edit("the cat\nsat!")])
    }

    @Test("a text that moves is edited where it is")
    func moved() {
        var person = Self.person()
        person.press("!")
        person.receive(.move(to: "tree/done/task"), "tree/task")
        person.receive(.move(to: "tree/done/task/text"), "tree/done/task/notes")
        person.receive(Self.insert("See ", at: 0), "tree/done/task/text")
        #expect(Self.text(person) == "See the cat\nsat!")
        person.press("<C-d>")
        #expect(person.takeSent().map(\.path) == ["tree/done/task/text"])
    }

    @Test("with a server that speaks the bare protocol, the text is saved as a whole")
    func bare() {
        var person = Person(tree: nil)
        person.goLive(bare: true)
        person.show(["notes": "a\nb"])
        person.press("i!<C-d>")
        #expect(person.takeSent().map(\.operation) == [.edit("a\nb!")])
    }
}
