import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("How the feed, the frozen screen and who is here look")
struct FeedScreenTests {
    static let sizes = [(columns: 120, rows: 28), (80, 24), (40, 12), (20, 5)]

    private func busy(_ columns: Int, _ rows: Int) -> Person {
        var person = Person(columns: columns, rows: rows, start: "tree/spaces/marketing/tasks/101")
        person.receive(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101", by: "john.doe")
        person.wait(milliseconds: 1_000)
        person.receive(
            .add(["name": "日本語の名前", "status": "cafe\u{301} 👩‍💻 \u{202E}evil\u{1B}[2J"]),
            "tree/spaces/marketing/tasks/102")
        for total in 1...37 {
            person.receive(.edit(["total": .integer(total)]), "tree/spaces/sales/orders/15", by: "تاجر")
        }
        person.wait(milliseconds: 1_000)
        person.receive(.move(to: "tree/spaces/done/9"), "tree/spaces/marketing/tasks/9")
        person.receive(.delete, "tree/spaces/marketing/campaigns")
        person.happen(
            .connection(
                .presence([
                    Presence(session: "s2", user: "ann", path: "tree/spaces/marketing/tasks/10"),
                    Presence(session: "s3", user: "john.doe", path: "tree/spaces/sales/orders/15"),
                ])))
        person.wait(milliseconds: 1_000)
        return person
    }

    @Test("of two long texts what differs is in sight") func longTexts() {
        var person = Person(columns: 100)
        let text = "Call the printer about the broken tray, and then Ann, who knows about it"
        let path: TreePath = "tree/spaces/marketing/tasks/9"
        person.receive(.edit(["notes": .string(text + ".")]), path, by: "ann")
        person.receive(.edit(["notes": .string(text + ", 日本 too.")]), path, by: "mia")
        #expect(person.row(with: "notes  …about it. → …about it, 日本 too.") != nil)
        person.receive(.edit(["notes": "Short."]), path, by: "ann")
        #expect(person.row(with: "notes  Call the printer a… → Short.") != nil)
    }

    @Test(
        "a filtered feed, a filter that is typed with a mistake in it, the question before a revert", arguments: sizes,
        [
            ("feed", "<Tab><Tab>f!op:DELETE path:**/spaces/**<Enter>k"), ("feed-filter", "gFop:MEND"),
            ("revert", "<Tab><Tab>kU"),
        ])
    func shown(size: (columns: Int, rows: Int), scene: (name: String, keys: String)) throws {
        var person = busy(size.columns, size.rows)
        person.press(scene.keys)
        try expectGolden(person.screen, "\(scene.name)-\(size.columns)x\(size.rows)")
    }

    @Test("a frozen screen", arguments: sizes)
    func frozen(columns: Int, rows: Int) throws {
        var person = busy(columns, rows)
        person.press("<<<")
        person.receive(.edit(["status": "done"]), "tree/spaces/marketing/tasks/101", by: "john.doe")
        person.wait(milliseconds: 1_000)
        try expectGolden(person.screen, "frozen-\(columns)x\(rows)")
    }

    @Test("all of it at every size")
    func everySize() {
        for keys in ["f!op:DELETE", "gw", "gh", "gj", "gx", "s", "<<", "<Tab><Tab>kU", "<Tab><Tab>kl"] {
            var person = busy(120, 28)
            person.press(keys)
            for (columns, rows) in [(1, 1), (2, 1), (1, 2), (5, 3), (10, 2), (20, 5), (33, 9), (80, 24), (300, 90)] {
                person.happen(.terminal(.resized(Size(columns: columns, rows: rows))))
                let screen = person.model.view()
                #expect(screen.lines.count == rows)
                for line in screen.lines { #expect(DisplayText(line.text).columns <= columns) }
            }
        }
    }
}
