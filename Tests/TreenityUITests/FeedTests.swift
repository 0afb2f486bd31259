import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The feed")
struct FeedTests {
    @Test("shows what was and what is")
    func difference() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/101", by: "john.doe")
        #expect(person.row(with: "~ EDIT")?.contains("status  assigned → review") == true)
        #expect(person.row(with: "~ EDIT")?.contains("john.doe") == true)
    }

    @Test("folds a burst of the same edit into one row")
    func burst() {
        var person = Person(columns: 120)
        for count in 1...37 { person.receive(.edit(["total": .integer(120 + count)]), "tree/spaces/sales/orders/15") }
        #expect(person.row(with: "~ EDIT")?.contains("total  120 → 157") == true)
        #expect(person.row(with: "~ EDIT")?.contains("×37") == true)
    }

    @Test("scrolling up detaches it, End follows again")
    func detach() {
        var person = Person(columns: 120)
        for name in ["a", "b", "c"] {
            person.receive(.add([:]), TreePath("tree/spaces").appending(Name(stringLiteral: name)))
        }
        person.press("<Tab><Tab>k")
        #expect(person.row(with: "patches — ▼ 0 new") != nil)
        for _ in 0..<9 { person.receive(.delete, "tree/motd"); person.receive(.add("x"), "tree/motd") }
        #expect(person.row(with: "patches — following") == nil)
        person.press("<End>")
        #expect(person.row(with: "patches — following") != nil)
    }

    @Test("Enter on a patch selects its node")
    func jump() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), "tree/spaces/marketing/tasks/101")
        person.press("<Tab><Tab>k<Enter>")
        #expect(person.cursorPath == "tree/spaces/marketing/tasks/101")
    }

    @Test("what is muted is not shown")
    func mute() {
        var person = Person(columns: 120, start: "tree/spaces/sales")
        person.press("M")
        person.receive(.edit(["total": 1]), "tree/spaces/sales/orders/15")
        #expect(person.row(with: "~ EDIT") == nil)
        #expect(person.row(with: "muted: tree/spaces/sales") != nil)
        person.press("M")
        #expect(person.row(with: "~ EDIT") != nil)
    }

    @Test("counts every patch and keeps what fits, 100,000 ordinary ones at least")
    func bound() {
        var person = Person(columns: 120)
        person.receive(100_000) { index in
            (.edit(["status": .string("status \(index)")]), index % 2 == 0 ? Self.task : Self.other)
        }
        let feed = person.model.feed
        #expect(feed.total == 100_000)
        #expect(feed.rows.count == 100_000)
        #expect(feed.history.count == 100_000)
        #expect(feed.history.estimatedBytes <= Feed.maximumBytes)
        #expect(person.screen.contains("100,000 in all"))
    }

    @Test("what is forgotten is forgotten everywhere, and nothing shown is missing")
    func forgetting() {
        var person = Person(columns: 120)
        person.press("<Tab><Tab>")
        let text = String(repeating: "x", count: 10_000)
        for _ in 0..<5 {
            person.receive(2_000) { index in
                (.edit(["status": .string("\(index)" + text)]), index % 2 == 0 ? Self.task : Self.other)
            }
        }
        let feed = person.model.feed
        #expect(feed.total == 10_000)
        #expect(feed.rows.count == feed.history.count)
        #expect(feed.rows.count < 10_000)
        #expect(feed.index.count == feed.rows.count)
        person.press("gg")
        #expect(person.model.feed.selectedNumber == feed.firstNumber)
        #expect(person.model.feed.selected != nil)
    }

    private static let task: TreePath = "tree/spaces/marketing/tasks/101"
    private static let other: TreePath = "tree/spaces/marketing/tasks/10"

    // MARK: Filters

    static let filters: [(String, [Int])] = [
        ("", [0, 1, 2, 3, 4]), ("op:DELETE", [2]), ("op:delete,move", [2, 3]), ("!op:EDIT", [1, 2, 3]),
        ("by:ann", [0, 2]), ("by:JOHN*", [1, 3]), ("path:**/tasks/*", [0, 2, 3]),
        ("path:tree/spaces/sales", [1, 3, 4]),
        ("path:/spaces/sales/**", [1, 3, 4]), ("path:tasks/*", [0, 2, 3]), ("path:tree/*/tasks", []),
        ("!path:**/tasks/*", [1, 4]),
        ("op:EDIT by:ann path:**/tasks/* !path:**/heartbeat", [0]), ("review", [0]),
        ("Review", []), ("\"a b\"", [1]), ("a b", [1, 4]), ("sales op:EDIT", [4]), ("path:1?", [0, 3]),
    ]

    @Test("a filter shows what it says", arguments: filters)
    func filter(text: String, shown: [Int]) throws {
        let patches = [
            patch(.edit(["status": "review"]), "tree/spaces/marketing/tasks/10", "ann"),
            patch(.add(["name": "a b"]), "tree/spaces/sales/orders/9", "john.doe"),
            patch(.delete, "tree/spaces/marketing/tasks/9", "ann"),
            patch(.move(to: "tree/spaces/marketing/tasks/15"), "tree/spaces/sales/orders/15", "john.doe"),
            patch(.edit(["total": 1]), "tree/spaces/sales/heartbeat", "bob"),
        ]
        let filter = try FeedFilter.parse(text)
        #expect(patches.indices.filter { filter?.matches(patches[$0]) ?? true } == shown)
    }

    private func patch(_ operation: Patch.Operation, _ path: TreePath, _ user: String) -> Patch {
        Patch(operation, path, meta: ["user": .string(user)])
    }

    static let mistakes: [(String, String)] = [
        ("op:", "“op:” needs something behind it (character 4)"),
        ("by:ann op:MEND", "no operation “MEND”; there are ADD EDIT DELETE MOVE EXECUTE (character 11)"),
        ("x user:ann", "no “user:”; there are op: path: by: and \"words in quotes\" (character 3)"),
        ("a !", "“!” needs something that must not be (character 4)"),
    ]

    @Test("what is wrong with a filter is said with its place", arguments: mistakes)
    func mistake(text: String, complaint: String) {
        do throws(FeedFilterError) {
            _ = try FeedFilter.parse(text)
            Issue.record("nothing is wrong with \(text)")
        } catch {
            #expect(error.text == complaint)
        }
    }

    @Test("a filter holds while it is typed; Esc brings back the one before")
    func typing() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), Self.task)
        person.receive(.delete, Self.other)
        person.press("<Tab><Tab>fop:DELETE")
        #expect(person.row(with: "~ EDIT") == nil)
        #expect(person.row(with: "✗ DELETE") != nil)
        #expect(person.row(with: "├ patches — following — filter: op:DELETE ") != nil)
        person.press("<Enter>f<C-u>op:X")
        #expect(person.screen.contains("no operation “X”"))
        person.press("<Enter>")
        #expect(person.screen.contains("no operation “X”"))
        person.press("<Esc>")
        #expect(person.row(with: "filter: op:DELETE ") != nil)
        person.press("<Esc>")
        #expect(person.row(with: "~ EDIT") != nil)
        #expect(person.row(with: "filter:") == nil)
    }

    @Test("Tab completes keys, operations, users and paths")
    func completion() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), Self.task, by: "annette")
        person.press("<Tab><Tab>fo<Tab>DE<Tab> b<Tab>an<Tab> !p<Tab>tree/sp<Tab>")
        #expect(person.row(with: "filter: op:DELETE by:annette !path:tree/spaces") != nil)
    }

    @Test("older patches are looked at in slices, the newest first, and all of them in the end")
    func slices() {
        var person = Person(columns: 120)
        person.receive(20_000) { index in
            switch index % 10 {
            case 0: (.edit(["status": .string("\(index)")]), Self.task)
            default: (.edit(["size": .integer(index)]), index % 2 == 0 ? Self.task : Self.other)
            }
        }
        _ = person.takeEffects()
        person.press("<Tab><Tab>fstatus")
        #expect(person.takeEffects().contains(.proceed))
        #expect(person.row(with: "status  19980 → 19990") != nil)
        #expect(person.model.feed.index.count < 2_000)
        var rounds = 0
        repeat {
            person.happen()
            rounds += 1
        } while person.takeEffects().contains(.proceed) && rounds < 100
        #expect(person.model.feed.index.count == 2_000)
        person.press("<Enter>gg")
        #expect(person.row(with: "status  assigned → 0") != nil)
        person.receive(.edit(["status": "last"]), Self.task)
        person.receive(.edit(["size": 0]), Self.task)
        #expect(person.model.feed.index.count == 2_001)
    }

    // MARK: Details

    @Test("l shows the patch in full, y copies it")
    func details() {
        var person = Person(columns: 120)
        person.receive(.edit(["status": "review"]), Self.task)
        person.press("<Tab><Tab>kl")
        #expect(person.row(with: "EDIT tree/spaces/marketing/tasks/101") != nil)
        #expect(person.row(with: #""operation": "EDIT","#) != nil)
        #expect(person.row(with: #""was": "assigned""#) != nil)
        person.press("y")
        let copied = person.takeEffects().compactMap { if case .terminal(.copy(let text)) = $0 { text } else { nil } }
        #expect(copied.first.flatMap { try? JSONValue(parsing: $0) }?["seq"] == 1)
        #expect(person.row(with: "~ EDIT") != nil)
    }

    @Test("t changes how times are told")
    func times() {
        var person = Person(columns: 80)
        person.receive(.edit(["status": "review"]), Self.task)
        person.wait(milliseconds: 65_000)
        #expect(person.row(with: "│ 22:13:20 ~ EDIT") != nil)
        person.press("t")
        #expect(person.row(with: "│ 22:13:20.000 ~ EDIT") != nil)
        person.press("t")
        #expect(person.row(with: "│   1m ~ EDIT") != nil)
    }
}
