import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Undo is honest (§2.6)")
struct UndoTests {
    private func edited() -> Person {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.wait(milliseconds: 1_000)
        person.press("i<C-u>Other<Enter>")
        for patch in person.takeSent() { person.accept(patch) }
        return person
    }

    @Test("u shows what it would do, and y does it")
    func undo() {
        var person = edited()
        person.press("u")
        #expect(person.row(with: "tasks/101/name")?.contains("Other → Campaign Planning") == true)
        #expect(person.takeSent().isEmpty)
        person.press("y")
        #expect(person.takeSent().map(\.operation) == [.edit(["name": "Campaign Planning"])])
        #expect(person.screen.contains("Campaign Planning"))
    }

    @Test("Esc does nothing, and the deed can still be undone")
    func cancel() {
        var person = edited()
        person.press("u<Esc>")
        #expect(person.takeSent().isEmpty)
        person.press("uy")
        #expect(person.takeSent().count == 1)
    }

    @Test("Who changed it since is said")
    func disturbed() {
        var person = edited()
        person.wait(milliseconds: 1_000)
        person.receive(.edit(["name": "Hers"]), "tree/spaces/marketing/tasks/101", by: "ann")
        person.wait(milliseconds: 3_000)
        person.press("u")
        #expect(person.row(with: "tasks/101/name was changed since, by ann 3s ago") != nil)
    }

    @Test("What somebody changes while the plan is shown is shown before anything is done")
    func disturbedMeanwhile() {
        var person = edited()
        person.press("u")
        person.receive(.edit(["name": "Hers"]), "tree/spaces/marketing/tasks/101", by: "ann")
        person.press("y")
        #expect(person.takeSent().isEmpty)
        #expect(person.row(with: "was changed since, by ann") != nil)
        #expect(person.row(with: "look again") != nil)
    }

    @Test("The undo of a deletion brings the whole subtree back")
    func deletion() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        let before = person.model.tree.json(at: "tree/spaces/marketing/tasks")
        person.press("ddy")
        for patch in person.takeSent() { person.accept(patch) }
        #expect(person.model.tree.json(at: "tree/spaces/marketing/tasks") == nil)
        person.press("u")
        #expect(person.row(with: "4 nodes come back") != nil)
        person.press("y")
        #expect(person.model.tree.json(at: "tree/spaces/marketing/tasks") == before)
        #expect(person.cursorPath == "tree/spaces/marketing/tasks")
    }

    @Test("Redo does again what was undone")
    func redo() {
        var person = edited()
        person.press("uy")
        for patch in person.takeSent() { person.accept(patch) }
        person.press("<C-r>")
        #expect(person.row(with: "Campaign Planning → Other") != nil)
        person.press("y")
        #expect(person.takeSent().map(\.operation) == [.edit(["name": "Other"])])
    }

    @Test("What a command did to all that was marked is undone as one batch")
    func batch() throws {
        var person = Person(start: "tree/spaces/marketing/tasks/9")
        person.wait(milliseconds: 1_000)
        person.press("  i<C-u>same<Enter>uy")
        let batches = person.takeBatches()
        #expect(batches.count == 2)
        #expect(batches.last?.map(\.operation) == [.edit(["name": "Flyer"]), .edit(["name": "Slogan"])])
    }

    @Test("What the server refused has not happened, and is not undone")
    func refused() {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("i<C-u>Other<Enter>")
        person.refuse(person.takeSent()[0], .forbidden, "not yours")
        person.press("u")
        #expect(person.row(with: "nothing to undo") != nil)
    }

    @Test("An undo that is refused can be tried again")
    func refusedUndo() {
        var person = edited()
        person.press("uy")
        person.refuse(person.takeSent()[0], .forbidden, "not now")
        person.press("uy")
        #expect(person.takeSent().map(\.operation) == [.edit(["name": "Campaign Planning"])])
    }

    @Test("After a restart, under the same epoch, what an earlier run did can be undone")
    func restart() throws {
        var person = edited()
        person.model.settings.keepsUndo = true
        person.press("i<C-u>Third<Enter>")
        let kept = person.takeEffects().compactMap { effect -> UndoStack? in
            if case .state(.keepUndo(let stack, epoch: "e")) = effect { stack } else { nil }
        }
        let saved = try #require(kept.last?.saved(maximumBytes: 1 << 20))
        let stack = try #require(UndoStack(saved: saved))
        var next = Person(tree: nil)
        next.happen(.kept(.undo(stack, epoch: "e")))
        next.goLive()
        next.show(["spaces": ["marketing": ["tasks": ["101": ["name": "Third"]]]]])
        next.press("uy")
        #expect(next.takeSent().map(\.operation) == [.edit(["name": "Other"])])
        var other = Person(tree: nil)
        other.happen(.kept(.undo(stack, epoch: "another")))
        other.goLive()
        other.show(["spaces": [:]])
        other.press("u")
        #expect(other.row(with: "nothing to undo") != nil)
    }

    @Test("What others delete and undo is no deed of ours")
    func others() {
        var person = Person()
        person.receive(.delete, "tree/motd")
        person.press("u")
        #expect(person.row(with: "nothing to undo") != nil)
    }
}
