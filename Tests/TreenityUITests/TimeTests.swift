import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Freeze and time travel")
struct TimeTests {
    private static let task: TreePath = "tree/spaces/marketing/tasks/101"

    private func person() -> Person {
        var person = Person(columns: 120, rows: 28, start: Self.task)
        for status in ["one", "two", "three"] {
            person.wait(milliseconds: 30_000)
            person.receive(.edit(["status": .string(status)]), Self.task)
        }
        return person
    }

    @Test("s stops the screen, not the receiving, and s goes on")
    func freeze() {
        var person = person()
        person.press("s")
        let tree = person.treeRow(with: "101")
        person.receive(.edit(["status": "four"]), Self.task)
        person.receive(.add([:]), "tree/spaces/marketing/tasks/102")
        #expect(person.treeRow(with: "101") == tree)
        #expect(person.treeRow(with: "102") == nil)
        person.wait(milliseconds: 1_000)
        #expect(person.row(with: "❄ 22:14:50 +2") != nil)
        #expect(person.row(with: "▼ 2 new") != nil)
        #expect(person.row(with: "→ four") == nil)
        person.press("s")
        #expect(person.treeRow(with: "101")?.contains("four") == true)
        #expect(person.treeRow(with: "102") != nil)
        #expect(person.screen.contains("❄") == false)
        #expect(person.row(with: "→ four") != nil)
        #expect(person.cursorPath == Self.task)
    }

    @Test("before the only patch, it is the moment of that patch")
    func beforeAll() {
        var person = Person(start: Self.task)
        person.receive(.edit(["status": "two"]), Self.task)
        person.wait(milliseconds: 60_000)
        person.press("s<")
        #expect(person.row(with: "❄ 22:13:20 +1") != nil)
        #expect(person.row(with: "as it was; 0 patches back to 22:13:20") != nil)
    }

    @Test("< and > go a patch back and forth, and the buffer's reach is shown")
    func patches() {
        var person = person()
        person.press("<")
        #expect(person.treeRow(with: "101")?.contains("two") == true)
        #expect(person.row(with: "❄ 22:14:20 +1") != nil)
        #expect(person.row(with: "as it was; 2 patches back to 22:13:50") != nil)
        person.press("<<")
        #expect(person.treeRow(with: "101")?.contains("assigned") == true)
        person.press("<")
        #expect(person.screen.contains("as far back as the patches are remembered"))
        person.press("2>")
        #expect(person.treeRow(with: "101")?.contains("two") == true)
        person.press(">")
        #expect(person.treeRow(with: "101")?.contains("three") == true)
        person.press(">")
        #expect(person.screen.contains("nothing has come after this"))
        person.receive(.edit(["status": "four"]), Self.task)
        person.press(">")
        person.happen()
        #expect(person.treeRow(with: "101")?.contains("four") == true)
    }

    @Test("{ and } go a minute back and forth")
    func minutes() {
        var person = person()
        person.press("{")
        #expect(person.treeRow(with: "101")?.contains("one") == true)
        #expect(person.row(with: "❄ 22:13:50 +2") != nil)
        person.press("}")
        #expect(person.treeRow(with: "101")?.contains("three") == true)
    }

    @Test("what is gone is there again, and the other way round")
    func gone() {
        var person = person()
        person.receive(.delete, "tree/spaces/marketing/tasks/10")
        person.press("<")
        #expect(person.treeRow(with: "Flyer") != nil)
        person.press(">")
        #expect(person.treeRow(with: "Flyer") == nil)
    }

    @Test("edits without an answer are not in what was: what they deleted is there, what they added is not")
    func pending() {
        var person = Person(start: "tree/spaces/marketing/tasks/10")
        person.wait(milliseconds: 1_000)
        person.press("ddyHanew<Enter>")
        #expect(person.treeRow(with: "Flyer") == nil)
        person.press("s")
        #expect(person.treeRow(with: "Flyer") != nil)
        #expect(person.treeRow(with: "new") == nil)
        person.press("s")
        #expect(person.treeRow(with: "Flyer") == nil)
        #expect(person.treeRow(with: "new") != nil)
    }

    @Test("keys that come together with another tree act on what that one has")
    func batch() {
        var person = Person(start: "tree/spaces/marketing")
        person.press("acampaign<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/campaign")
        person.press("/camp<Enter>")
        // The edit has no answer: what is frozen is the tree without it.
        person.happen(.terminal(.key(.character("s"))), .terminal(.key(.character("n"))))
        #expect(person.cursorPath == "tree/spaces/marketing/campaigns")
        person.happen(.terminal(.key(.character("s"))), .terminal(.key(.character("k"))))
        #expect(person.model.outline.rows.contains { $0.content == person.model.outline.cursor })
    }

    @Test("nothing can be changed there")
    func readOnly() {
        var person = person()
        for keys in ["dd", "i", "a", "r", "x", "p", "m"] {
            person.press("<" + keys)
            #expect(person.screen.contains("this is the tree as it was"))
            #expect(person.model.dialog == nil)
            person.press("s")
        }
        #expect(person.takeSent().isEmpty)
    }

    @Test("edits that come while it is frozen neither move the cursor nor mark what is shown")
    func cursor() {
        var person = person()
        person.press("s")
        person.wait(milliseconds: 20_000)
        person.receive(.delete, Self.task)
        #expect(person.cursorPath == Self.task)
        person.press("s")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks")
    }

    @Test("after 100,000 arrivals no step takes more than its slice")
    func slices() {
        var person = person()
        person.press("s")
        person.receive(100_000) { index in
            (.edit(["size": .integer(index)]), index % 2 == 0 ? Self.task : "tree/spaces/marketing/tasks/10")
        }
        _ = person.takeEffects()
        person.press(">")
        var rounds = 0
        while person.takeEffects().contains(.proceed), rounds < 200 {
            person.happen()
            rounds += 1
        }
        #expect(rounds > 40)
        #expect(person.model.missedCount == 99_999)
        #expect(person.model.tree.property("size", of: person.model.outline.node ?? person.model.tree.root)?.value == 0)
    }

    @Test("live again, the screen is there at once, and what was remembered beside it goes in slices")
    func leaving() {
        var person = person()
        person.receive(10_000) { (.edit(["status": .integer($0)]), Self.task) }
        person.press("s")
        person.receive(.edit(["status": "new"]), Self.task)
        _ = person.takeEffects()
        person.press("s")
        #expect(person.treeRow(with: "101")?.contains("new") == true)
        var rounds = 0
        while person.takeEffects().contains(.proceed), rounds < 20 {
            person.happen()
            rounds += 1
        }
        #expect(2...5 ~= rounds)
        person.press("<")
        #expect(person.treeRow(with: "101")?.contains("9999") == true, "the history has it all")
    }

    @Test("a tree that was loaded anew ends the way forward, and says so")
    func cut() {
        var person = person()
        person.press("<")
        person.show(Person.workspace)
        person.receive(.edit(["status": "new"]), Self.task)
        person.press(">>")
        person.happen()
        #expect(person.screen.contains("the tree was loaded anew"))
        person.press("s")
        #expect(person.treeRow(with: "101")?.contains("new") == true)
    }
}
