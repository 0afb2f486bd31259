import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The editor of values")
struct EditorTests {
    static let tree: JSONValue = [
        "task": ["notes": "one\ntwo\nthree", "tags": ["a", "b"], "count": 7, "done": false, "name": "Plan"]
    ]

    /// At a property of the task.
    private static func person(at property: Name, columns: Int = 100, rows: Int = 24) -> Person {
        var person = Person(columns: columns, rows: rows, tree: tree, start: "tree/task")
        person.model.chosenProperty = property
        return person
    }

    private static let types: [(Name, String, JSONValue)] = [
        ("count", "42", 42), ("count", "\"42\"", "42"), ("count", "4x", "4x"), ("count", "null", .null),
        ("done", "true", true), ("done", "yes", "yes"), ("name", "42", "42"), ("name", "[1", "[1"),
        ("count", "[1, 2]", [1, 2]),
    ]

    @Test("a number stays a number unless it is quoted; in place of a string every text is a string", arguments: types)
    func typed(property: Name, text: String, value: JSONValue) {
        var person = Self.person(at: property)
        person.press("i<C-u>\(text)")
        #expect(person.row(with: "edit \(property)") != nil)
        person.press("<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit(value)])
    }

    @Test("what begins as JSON and is none is not saved: the place of the mistake is shown while typing")
    func mistake() {
        var person = Self.person(at: "count")
        person.press("i<C-u>[1, 2")
        #expect(person.row(with: "column 6: ") != nil)
        person.press("<Enter>")
        #expect(person.takeSent().isEmpty)
        #expect(person.row(with: "not saved: 1:6") != nil)
        person.press("]")
        #expect(person.row(with: "array") != nil)
        person.press("<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit([1, 2])])
    }

    @Test("a list is edited on a page, with the line and column of a mistake")
    func list() {
        var person = Self.person(at: "tags")
        person.press("i")
        #expect(person.row(with: #"["a", "b"]"#) != nil)
        person.press("<End><Left><Enter>, c")
        #expect(person.row(with: "line 2, column 3: ") != nil)
        person.press("<C-w>\"c\"<C-d>")
        #expect(person.takeSent().map(\.operation) == [.edit(["a", "b", "c"])])
    }

    @Test("a text with line breaks opens on a page, where Enter breaks a line and ^D saves")
    func page() throws {
        var person = Self.person(at: "notes", columns: 60, rows: 16)
        person.press("i<Enter>four 日本<Up><End>!")
        try expectGolden(person.screen, "editor-page")
        #expect(person.takeSent().isEmpty)
        person.press("<C-d>")
        #expect(
            person.takeSent().map(\.operation) == [
                .edit(TextEdit.between("one\ntwo\nthree", "one\ntwo\nthree!\nfour 日本").json)
            ])
        #expect(person.row(with: "editor") == nil || person.model.dialog == nil)
    }

    @Test("^O changes between line and page, but for what needs the page")
    func forms() {
        var person = Self.person(at: "name")
        person.press("i<C-o> A<Enter>B<C-o>")
        #expect(person.row(with: "needs the page") != nil)
        person.press("<Backspace><Backspace><C-o><Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit("Plan A")])
    }

    @Test("a paste keeps its line breaks on a page")
    func paste() {
        var person = Self.person(at: "notes")
        person.press("i<C-u>")
        person.happen(.terminal(.pasted("x\ny")))
        person.press("<C-d>")
        #expect(person.takeSent().count == 1)
        #expect(
            person.model.tree.property("notes", of: person.model.outline.node ?? person.model.tree.root)?.value
                == "one\ntwo\nx\ny")
    }

    @Test("a text with controls is shown by substitutes, and saved as it is")
    func hostile() {
        var person = Person(tree: ["task": ["notes": "a\u{1B}[31m\u{202E}\nb"]], start: "tree/task")
        person.press("i!")
        #expect(person.row(with: "a␛[31m‹202E›") != nil)
        person.press("<C-s>")
        #expect(person.takeSent().count == 1)
    }

    @Test("at any size the page shows the cursor", arguments: [(1, 1), (3, 3), (20, 5), (40, 12), (80, 24), (200, 60)])
    func sizes(columns: Int, rows: Int) {
        var person = Self.person(at: "notes", columns: columns, rows: rows)
        person.press("i")
        for _ in 0..<30 { person.press("日本語 word <Enter>") }
        person.press("<PageUp><Up><End>")
        let screen = person.model.view()
        #expect(screen.lines.count == rows)
        if columns > 20, rows > 4 { #expect(screen.cursor != nil) }
    }

    // MARK: Others

    @Test("what somebody changed meanwhile is compared on saving: mine, theirs, or as it was")
    func conflict() throws {
        var person = Self.person(at: "name", columns: 80, rows: 20)
        person.press("i<C-u>Mine")
        person.receive(.edit(["name": "Theirs"]), "tree/task")
        #expect(person.row(with: "now \"Theirs\" by ann") != nil)
        person.press("<Enter>")
        #expect(person.takeSent().isEmpty)
        try expectGolden(person.screen, "conflict")
        var other = person
        person.press("<Enter>")
        #expect(person.row(with: "choose first") != nil)
        person.press("m<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit("Mine")])
        other.press("t<Enter>")
        #expect(other.takeSent().isEmpty)
        #expect(other.model.dialog == nil)
    }

    @Test("while one chooses, a further change opens the choice again; e goes back to the text")
    func conflictGoesOn() {
        var person = Self.person(at: "name")
        person.press("i<C-u>Mine")
        person.receive(.edit(["name": "Theirs"]), "tree/task")
        person.press("<Enter>m")
        person.receive(.edit(["name": "Later"]), "tree/task", by: "bob")
        #expect(person.row(with: "name has changed once more") != nil)
        #expect(person.row(with: "\"Later\"") != nil)
        person.press("e!<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit("Mine!")], "what was seen is no conflict any more")
    }

    @Test("an edit follows its property when it is renamed or moved")
    func moved() {
        var person = Self.person(at: "name")
        person.press("i<C-u>Mine")
        person.receive(.move(to: "tree/done/task"), "tree/task")
        person.receive(.move(to: "tree/done/task/title"), "tree/done/task/name")
        person.press("<Enter>")
        #expect(person.takeSent().map(\.path) == ["tree/done/task/title"])
    }

    // MARK: Drafts

    @Test("a draft outlives the deletion of its node, and gd brings it back")
    func draftOfDeleted() throws {
        var person = Self.person(at: "name", columns: 80, rows: 16)
        person.press("i<C-u>Half")
        person.receive(.delete, "tree/task")
        #expect(person.row(with: "deleted by ann") != nil)
        person.press("<Enter>")
        #expect(person.row(with: "the node is gone") != nil)
        person.press("<Esc>gd")
        try expectGolden(person.screen, "drafts")
        person.press("y")
        #expect(person.takeEffects().contains(.terminal(.copy("Half"))))
        person.receive(.add(["name": "Anew"]), "tree/task")
        person.press("gd<Enter><Enter>")
        #expect(person.row(with: "mine") != nil, "the draft was made on another base")
        person.press("M<Enter>")
        #expect(person.takeSent().map(\.operation) == [.edit("Half")])
        person.press("gd")
        #expect(person.row(with: "there are no drafts") != nil)
    }

    @Test("what is typed is handed out to be kept once a second, and no longer when it is saved")
    func keeping() {
        var person = Self.person(at: "name")
        person.press("i!")
        person.wait(milliseconds: 1_000)
        #expect(person.takeKept() == [["Plan!"]])
        person.wait(milliseconds: 1_000)
        #expect(person.takeKept().isEmpty)
        person.press("?")
        person.wait(milliseconds: 1_000)
        #expect(person.takeKept() == [["Plan!?"]])
        person.press("<Enter>")
        #expect(person.takeKept() == [[]])
    }

    @Test("when the terminal goes away, what is being typed is kept first")
    func hangup() {
        var person = Self.person(at: "name")
        person.press("i!")
        person.wait(milliseconds: 1_000)
        person.press("?")
        person.happen(.terminal(.closed))
        #expect(person.takeKept().last == ["Plan!?"])
    }

    @Test("drafts of an earlier run are there, and quitting asks for their sake")
    func restored() {
        var person = Self.person(at: "name")
        person.press("i!<Esc>")
        let kept = person.takeDrafts()
        #expect(kept.map { $0.json }.compactMap(Draft.init) == kept)
        var next = Self.person(at: "name")
        next.happen(.editing(.draftsRestored(kept)))
        #expect(next.row(with: "a draft of an earlier run: gd") != nil)
        next.press("q")
        #expect(next.row(with: "1 draft is kept for later") != nil)
        next.press("ni")
        #expect(next.row(with: "Plan!") != nil)
    }
}

extension Person {
    /// The texts of the drafts that were handed out to be kept since the last look, each time.
    mutating func takeKept() -> [[String]] {
        takeEffects().compactMap { effect in
            if case .keepDrafts(let drafts) = effect { drafts.map(\.text) } else { nil }
        }
    }

    /// The drafts as they were handed out last.
    mutating func takeDrafts() -> [Draft] {
        takeEffects().compactMap { effect in
            if case .keepDrafts(let drafts) = effect { drafts } else { nil }
        }.last ?? []
    }

    /// What was to be opened in the user's own editor since the last look.
    mutating func takeOpened() -> ExternalEdit? {
        takeEffects().compactMap { effect in
            if case .openExternally(let edit) = effect { edit } else { nil }
        }.last
    }
}
