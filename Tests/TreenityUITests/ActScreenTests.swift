import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("How marks, undo, results and refused edits look")
struct ActScreenTests {
    static let sizes = [(120, 28), (80, 24), (40, 12), (20, 5)]

    private let evil: JSONValue = "日本語 تجربة 👩‍💻 \u{202E}evil\u{1B}[2J"

    private func marked(_ columns: Int, _ rows: Int) -> Person {
        var person = Person(columns: columns, rows: rows, start: "tree/spaces/marketing/tasks/9")
        person.wait(milliseconds: 1_000)
        person.press("  ")
        return person
    }

    @Test("marks", arguments: sizes)
    func marks(columns: Int, rows: Int) throws {
        try expectGolden(marked(columns, rows).screen, "marks-\(columns)x\(rows)")
    }

    @Test("an undo of what somebody has changed since", arguments: sizes)
    func undo(columns: Int, rows: Int) throws {
        var person = marked(columns, rows)
        person.press("i<C-u>same<Enter>")
        for batch in person.takeBatches() { for patch in batch { person.receiveOwn(patch) } }
        person.wait(milliseconds: 1_000)
        person.receive(.edit(["name": evil]), "tree/spaces/marketing/tasks/9", by: "john.doe")
        person.wait(milliseconds: 4_000)
        person.press("u")
        try expectGolden(person.screen, "undo-\(columns)x\(rows)")
    }

    @Test("what an action gave", arguments: sizes)
    func result(columns: Int, rows: Int) throws {
        var person = Person(columns: columns, rows: rows, start: "tree/spaces/sales")
        person.wait(milliseconds: 1_000)
        person.press("X<Enter>")
        let value: JSONValue = ["printed": 3, "pages": [1, [:]], "to": evil]
        person.happen(.connection(.result(id: person.takeSent().first?.id ?? "", value)))
        try expectGolden(person.screen, "result-\(columns)x\(rows)")
    }

    @Test("refused edits", arguments: sizes)
    func refused(columns: Int, rows: Int) throws {
        var person = Person(columns: columns, rows: rows, start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        person.press("a1<Enter>")
        person.refuse(person.takeSent()[0], .forbidden, "not yours: \(evil.string ?? "")")
        person.press("ddy")
        person.refuse(person.takeSent()[0], .superseded, "something in it is newer")
        person.press("gr")
        try expectGolden(person.screen, "refused-\(columns)x\(rows)")
    }

    @Test("a protected tree, and the question for its name", arguments: sizes)
    func protected(columns: Int, rows: Int) throws {
        var person = Person(columns: columns, rows: rows, protection: .protected(name: "production"))
        person.press("aprod<Enter>")
        try expectGolden(person.screen, "protected-\(columns)x\(rows)")
    }

    @Test("every size from 1 by 1 on gives a picture of exactly that size")
    func everySize() {
        var person = marked(120, 30)
        person.press("i<C-u>same<Enter>")
        for keys in ["u", "<Esc>X", "{<Enter>", "<Esc>gr", "<Esc>dd", "<Esc>yy"] {
            person.press(keys)
            for (columns, rows) in [(1, 1), (2, 1), (1, 2), (5, 3), (10, 2), (20, 5), (33, 9), (300, 90)] {
                person.happen(.terminal(.resized(Size(columns: columns, rows: rows))))
                let screen = person.model.view()
                #expect(screen.lines.count == rows)
                for line in screen.lines { #expect(DisplayText(line.text).columns <= columns) }
            }
        }
    }
}
