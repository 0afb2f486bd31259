import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The user's own editor")
struct ExternalEditorTests {
    static let tree: JSONValue = [
        "task": ["name": "Plan", "status": "open", "count": 7, "sub": ["x": 1, "y": 2]]
    ]

    private static func opened(at property: Name? = nil) throws -> (Person, ExternalEdit) {
        var person = Person(tree: tree, start: "tree/task")
        if let property {
            person.model.chosenProperty = property
            person.model.focus = .inspector
        }
        person.press("e")
        let opened = person.takeOpened()
        return (person, try #require(opened))
    }

    private static func end(_ person: inout Person, _ edit: ExternalEdit, _ outcome: ExternalOutcome) {
        person.happen(.editing(.externalEditorEnded(id: edit.id, outcome)))
    }

    @Test("a node is opened as JSON, a string as plain text, and what was not changed is not sent")
    func formats() throws {
        var (person, edit) = try Self.opened()
        #expect(edit.format == .json)
        #expect(edit.text.hasPrefix("{\n  \"name\": \"Plan\",\n"))
        #expect(edit.text.hasSuffix("}\n"))
        Self.end(&person, edit, .text(edit.text))
        #expect(person.takeSent().isEmpty)
        #expect(person.row(with: "nothing was changed") != nil)
        (person, edit) = try Self.opened(at: "name")
        #expect(edit == ExternalEdit(id: 1, name: "name", text: "Plan\n", format: .text))
        Self.end(&person, edit, .text("Plan B\n"))
        #expect(person.takeSent().map(\.operation) == [.edit("Plan B")])
        (person, edit) = try Self.opened(at: "count")
        #expect(edit.format == .json && edit.text == "7\n")
        Self.end(&person, edit, .text("\"8\"\n"))
        #expect(person.takeSent().map(\.operation) == [.edit("8")])
    }

    @Test("of a node only what differs is sent")
    func minimal() throws {
        var (person, edit) = try Self.opened()
        Self.end(
            &person, edit,
            .text(#"{"name": "Plan", "status": "done", "new": {"a": 1}, "sub": {"x": 1, "y": 3}}"#))
        let changes = person.takeChanges()
        #expect(
            changes == [
                PlacedOperation(.edit("done"), "tree/task/status"), PlacedOperation(.add(["a": 1]), "tree/task/new"),
                PlacedOperation(.edit(3), "tree/task/sub/y"), PlacedOperation(.delete, "tree/task/count"),
            ])
    }

    @Test("fields that somebody else changed too are compared, the others go their way")
    func conflict() throws {
        var (person, edit) = try Self.opened()
        person.receive(.edit(["status": "blocked", "count": 8]), "tree/task")
        Self.end(
            &person, edit, .text(#"{"name": "Mine", "status": "done", "count": 7, "sub": {"x": 1, "y": 2}}"#))
        #expect(person.takeChanges().isEmpty)
        #expect(person.row(with: "\"blocked\"") != nil)
        #expect(person.row(with: "and 1 change that only you made") != nil)
        person.press("t<Enter>")
        #expect(person.takeChanges() == [PlacedOperation(.edit("Mine"), "tree/task/name")])
    }

    @Test("what was saved is kept before it is applied; what is no JSON opens on a page, with the place")
    func broken() throws {
        var (person, edit) = try Self.opened()
        Self.end(&person, edit, .text("{\"name\": \"Plan\",\n  oops}\n"))
        #expect(person.row(with: "not saved: 2:3") != nil)
        #expect(person.row(with: "  oops}") != nil)
        #expect(person.takeKept() == [["{\"name\": \"Plan\",\n  oops}"]])
        #expect(person.takeSent().isEmpty)
    }

    @Test("what the editor had saved when the program came to its end is a draft")
    func interrupted() throws {
        var (person, edit) = try Self.opened(at: "name")
        Self.end(&person, edit, .interrupted("Half\n"))
        #expect(person.takeKept() == [["Half"]])
        #expect(person.takeSent().isEmpty)
    }

    @Test("an editor that cannot be run is said to be so")
    func failure() throws {
        var (person, edit) = try Self.opened()
        Self.end(&person, edit, .failed("there is no editor “nope”"))
        #expect(person.row(with: "there is no editor “nope”") != nil)
    }
}

extension Person {
    /// The changes that were sent since the last look, alone or as a batch.
    mutating func takeChanges() -> [PlacedOperation] {
        takeEffects().flatMap { effect -> [Patch] in
            if case .network(.send(let patch)) = effect { return [patch] }
            if case .network(.sendBatch(_, let patches)) = effect { return patches }
            return []
        }.map { PlacedOperation($0.operation, $0.path) }
    }
}
