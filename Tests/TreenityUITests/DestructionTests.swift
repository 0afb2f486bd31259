import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("Destructive keys (§2.1, §2.6)")
struct DestructionTests {
    static let keys = ["dd", "x", "m", "p", "P", "X"]

    @Test("A destructive key is ignored if what is under the cursor changed within 400 ms", arguments: keys)
    func settling(keys: String) {
        var person = Person(start: "tree/spaces/marketing/tasks/101")
        person.wait(milliseconds: 1_000)
        person.receive(.move(to: "tree/spaces/sales/101"), "tree/spaces/marketing/tasks/101")
        person.wait(milliseconds: 399)
        person.press(keys)
        #expect(person.row(with: "has just changed: look again") != nil)
        #expect(person.takeSent().isEmpty)
        person.wait(milliseconds: 2)
        person.press(keys)
        #expect(person.row(with: "has just changed") == nil)
    }

    @Test("It is ignored as well if what is marked changed within 400 ms", arguments: [true, false])
    func settlingMarks(isDeleted: Bool) {
        var person = Person(start: "tree/spaces/marketing/tasks/9")
        person.wait(milliseconds: 1_000)
        person.press("  gg")
        person.receive(isDeleted ? .delete : .move(to: "tree/x"), "tree/spaces/marketing/tasks/9")
        person.press("dd")
        #expect(person.row(with: "has just changed: look again") != nil)
    }

    @Test("A deletion whose extent has changed since the question is asked for anew, and not by the same key")
    func extent() {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        person.press("dd")
        person.receive(.add([:]), "tree/spaces/marketing/tasks/new")
        person.press("y")
        #expect(person.takeSent().isEmpty)
        #expect(person.row(with: "it has changed: delete tree/spaces/marketing/tasks and the 4 nodes below it?") != nil)
        person.press("y")
        #expect(person.takeSent().isEmpty)
        person.press("ddy")
        #expect(person.takeSent().map(\.operation) == [.delete])
    }

    @Test("No confirmation is given by the key that asked for it")
    func otherKey() throws {
        let keys = try KeyAssignment.parse(keys: "y", command: "change.delete")
        var person = Person(start: "tree/spaces/marketing/tasks/9", keys: keys)
        person.wait(milliseconds: 1_000)
        person.press("y")
        #expect(person.row(with: "Y yes, else no") != nil)
        person.press("y")
        #expect(person.takeSent().isEmpty)
        person.press("yY")
        #expect(person.takeSent().map(\.operation) == [.delete])
    }

    @Test("What is not loaded cannot be brought back, which is said before")
    func notLoaded() {
        var person = Person(tree: nil, mostNodes: 2)
        person.goLive()
        person.receive("whole", [("tree", 1), ("tree/a", 2), ("tree/b", 0)], more: true)
        person.receive("parts", [("tree", 1), ("tree/a", 2)])
        person.wait(milliseconds: 1_000)
        person.press("gp<C-u>tree/a<Enter>dd")
        #expect(person.row(with: "no undo, as parts are not loaded: delete tree/a and all below it") != nil)
    }

    @Test("What is more than the server takes at once cannot be brought back, which is said before")
    func tooLarge() {
        let text = JSONValue.string(String(repeating: "x", count: 1 << 20))
        var person = Person(tree: ["a": ["text": text]], start: "tree/a")
        person.wait(milliseconds: 1_000)
        person.press("dd")
        #expect(person.row(with: "no undo, as it is more than the server takes at once: delete tree/a?") != nil)
        person.press("yu")
        #expect(person.row(with: "nothing to undo") != nil)
    }
}
