import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("What the server refused is listed with its reason and can be repeated or dropped (§2.7)")
struct RefusedTests {
    private func refused() -> Person {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.press("i<C-u>Other<Enter>")
        person.refuse(person.takeSent()[0], .forbidden, "not yours")
        return person
    }

    @Test("gr lists it")
    func list() {
        var person = refused()
        #expect(person.row(with: "1 refused") != nil)
        person.press("gr")
        #expect(person.row(with: "EDIT …/101/name  not yours  Other") != nil)
    }

    @Test("r repeats it under another id, and forgets the old one")
    func again() throws {
        var person = refused()
        person.press("gr")
        _ = person.takeEffects()
        person.press("r")
        let effects = person.takeEffects()
        guard case .network(.send(let patch))? = effects.first, case .network(.drop(let old))? = effects.last else {
            Issue.record("not sent and dropped: \(effects)")
            return
        }
        #expect(patch.operation == .edit("Other"))
        #expect(patch.id != old)
        #expect(person.row(with: "1 refused") == nil)
    }

    @Test("d drops it")
    func drop() {
        var person = refused()
        _ = person.takeEffects()
        person.press("grd")
        #expect(person.takeEffects() == [.network(.drop(id: "id-1"))])
        #expect(person.row(with: "1 refused") == nil)
    }

    @Test("i writes something else instead")
    func correct() {
        var person = refused()
        person.press("gri<C-u>\"Third\"<Enter>")
        let effects = person.takeEffects()
        #expect(effects.contains(.network(.drop(id: "id-1"))))
        #expect(
            effects.contains {
                if case .network(.send(let patch)) = $0 { patch.operation == .edit("Third") } else { false }
            })
    }

    @Test("What an earlier run left is listed")
    func restored() {
        var person = Person(tree: nil)
        let patch = Patch(.delete, "tree/motd", id: "old-1")
        person.happen(
            .connection(
                .restored(
                    [], epoch: nil,
                    refused: [
                        RestoredRefusal(
                            RestoredEdit(id: "old-1", isBatch: false, patches: [patch]), Refusal(.superseded, "newer"))
                    ])))
        person.goLive()
        person.show(Person.workspace)
        person.press("gr")
        #expect(person.row(with: "DELETE tree/motd  newer") != nil)
        person.press("r")
        #expect(person.takeEffects().contains(.network(.drop(id: "old-1"))))
    }

    @Test("That edits of an earlier run wait is said until the last of them has gone out")
    func waiting() {
        var person = Person(tree: nil)
        let patches = ["old-1", "old-2"].map { Patch(.edit("hello"), "tree/motd", id: $0) }
        let edits = patches.map { RestoredEdit(id: $0.id ?? "", isBatch: false, patches: [$0]) }
        person.happen(.connection(.restored(edits, epoch: "e", refused: [])))
        #expect(person.row(with: "2 edits of an earlier run wait to go out") != nil)
        person.goLive()
        person.show(Person.workspace)
        person.accept(patches[0])
        #expect(person.row(with: "an edit of an earlier run waits to go out") != nil)
        person.accept(patches[1])
        #expect(person.row(with: "of an earlier run") == nil)
    }
}

@Suite("Guarded contexts (§2.8)")
struct ProtectionTests {
    static let changes = ["dd", "i", "a", "o", "r", "x", "p", "m", "X", "u"]

    @Test("In a read-only one every change is refused with the reason", arguments: changes)
    func readOnly(keys: String) {
        var person = Person(start: "tree/spaces/marketing/tasks/101", protection: .readOnly)
        person.wait(milliseconds: 1_000)
        person.press(keys)
        #expect(person.row(with: "read-only: this profile changes nothing") != nil)
        #expect(person.takeSent().isEmpty)
        #expect(person.row(with: " read-only ") != nil)
    }

    @Test("A protected one asks for its name at the first change, and is unlocked by it alone")
    func protected() {
        var person = Person(start: "tree/spaces/marketing/tasks", protection: .protected(name: "prod"))
        #expect(person.row(with: "prod locked") != nil)
        person.press("a")
        #expect(person.row(with: "unlock prod:") != nil)
        person.press("pro<Enter>")
        #expect(person.row(with: "that is not its name") != nil)
        person.press("d<Enter>")
        #expect(person.row(with: "prod unlocked") != nil)
        person.press("anew<Enter>")
        #expect(person.takeSent().map(\.path) == ["tree/spaces/marketing/tasks/new"])
    }

    @Test("It can be locked again")
    func lock() {
        var person = Person(start: "tree/spaces/marketing/tasks", protection: .protected(name: "prod"))
        person.press("glprod<Enter>gl")
        #expect(person.row(with: "prod locked") != nil)
        person.press("anew<Enter>")
        #expect(person.takeSent().isEmpty)
    }

    @Test("The lines around the panes tell it by their colour")
    func border() {
        let open = Person()
        let guarded = Person(protection: .protected(name: "prod"))
        let corner = guarded.model.view().lines[1].spans[0]
        #expect(corner.text.hasPrefix("┌"))
        #expect(corner.style == guarded.model.settings.theme.warning)
        #expect(corner.style != open.model.view().lines[1].spans[0].style)
    }

    @Test("Hints of a read-only tree name no changes")
    func hints() {
        let person = Person(start: "tree/spaces/marketing/tasks/101", protection: .readOnly)
        #expect(person.row(with: "delete") == nil)
        #expect(Person(start: "tree/spaces/marketing/tasks/101").row(with: "delete") != nil)
    }
}
