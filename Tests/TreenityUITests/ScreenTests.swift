import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("What is drawn")
struct ScreenTests {
    private func busy(columns: Int, rows: Int, glyphs: Glyphs = .unicode) -> Person {
        var person = Person(columns: columns, rows: rows, glyphs: glyphs, start: "tree/spaces/marketing/tasks/101")
        person.receive(.edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101", by: "john.doe")
        person.receive(
            .add(["name": "日本語の名前", "status": "cafe\u{301} 👩‍💻"]), "tree/spaces/marketing/tasks/102")
        person.receive(.move(to: "tree/spaces/done/9"), "tree/spaces/marketing/tasks/9")
        person.receive(.delete, "tree/spaces/marketing/campaigns")
        person.wait(milliseconds: 2_000)
        return person
    }

    @Test("an end of a text that is cut begins with a whole letter") func cutEnd() {
        var line = LineBuilder(width: 4, glyphs: .unicode)
        line.addEnd(of: "ab\u{65E5}\u{301}cd", Style())
        #expect(line.line.spans.map(\.text).joined() == "…cd")
    }

    @Test("wide") func wide() throws { try expectGolden(busy(columns: 120, rows: 28).screen, "wide") }

    @Test("80 by 24") func standard() throws { try expectGolden(busy(columns: 80, rows: 24).screen, "80x24") }

    @Test("without UTF-8") func ascii() throws {
        var person = Person(columns: 100, rows: 20, glyphs: .ascii)
        person.press("zR")
        try expectGolden(person.screen, "ascii")
    }

    @Test("tiny", arguments: [(20, 5), (40, 12), (30, 8)])
    func tiny(columns: Int, rows: Int) throws {
        try expectGolden(busy(columns: columns, rows: rows).screen, "\(columns)x\(rows)")
    }

    @Test("80 by 24 with the properties opened and one of them in edit")
    func inspector() throws {
        var person = busy(columns: 80, rows: 24)
        person.press("i<C-u>Campaign Plan")
        try expectGolden(person.screen, "80x24-edit")
    }

    @Test("the help") func help() throws {
        var person = Person(columns: 80, rows: 24)
        person.press("?")
        try expectGolden(person.screen, "help")
    }

    @Test("the help is gone through to its end and back, and says where one is") func endOfHelp() {
        var person = Person(columns: 80, rows: 24)
        person.press("?")
        let count = HelpText(person.model.keymap).lines.count
        #expect(person.row(with: "┌ help — 1-21/\(count) ─") != nil)
        person.press("G")
        #expect(person.row(with: "quit; asks") != nil)
        #expect(person.row(with: "help — \(count - 20)-\(count)/\(count) ─") != nil)
        person.press("g")
        #expect(person.row(with: "next row") != nil)
        person.happen(.terminal(.resized(Size(columns: 80, rows: count + 3))))
        #expect(person.row(with: "┌ help ─") != nil, "all of it is there")
    }

    @Test("the counts of the line at the top are told at once, and then not again in that second")
    func counts() {
        var person = Person()
        person.press("<F4>")
        person.wait(milliseconds: 1_000)
        person.receive(.edit(["total": 1]), "tree/spaces/sales/orders/15")
        #expect(person.row(with: "seq 1 ") != nil, "it has stood long enough")
        let line = person.model.view().lines[0]
        for total in 2...9 { person.receive(.edit(["total": .integer(total)]), "tree/spaces/sales/orders/15") }
        person.wait(milliseconds: 900)
        #expect(person.model.view().lines[0] == line)
        person.wait(milliseconds: 100)
        #expect(person.row(with: "↓9/s  seq 9 ") != nil)
    }

    @Test("a server that is silent has been so since it was heard last")
    func silence() {
        var person = Person()
        person.wait(milliseconds: 20_000)
        person.happen(.connection(.latency(12)))
        person.wait(milliseconds: 7_000)
        person.happen(.connection(.problem("of our own")), .connection(.silent))
        #expect(person.row(with: "○ nothing heard for 0:07 (R reconnects)") != nil)
        person.wait(milliseconds: 1_000)
        #expect(person.row(with: "nothing heard for 0:08") != nil)
        person.goLive()
        #expect(person.row(with: "● live 12 ms") != nil)
        person.wait(milliseconds: 5_000)
        person.happen(.connection(.silent))
        #expect(person.row(with: "nothing heard for 0:05") != nil)
    }

    @Test("the line at the top names the user whom the server knows; one that knows nobody is told who we are")
    func user() throws {
        var person = Person(tree: nil)
        #expect(person.row(with: "me@ws://test") != nil)
        person.goLive(user: "ann")
        person.show(Person.workspace)
        #expect(person.row(with: "ann@ws://test") != nil)
        person.press("anew<Enter>")
        #expect(person.takeSent().map(\.sender) == ["ann"])
        person.goLive(user: "local")
        #expect(person.row(with: "me@ws://test") != nil)
    }

    @Test("a question before deleting") func question() throws {
        var person = busy(columns: 80, rows: 24)
        person.press("Hdd")
        try expectGolden(person.screen, "80x24-delete")
    }

    @Test("why there is no connection is said in full where the tree leaves room") func trouble() {
        var person = Person(columns: 60, rows: 20, tree: nil)
        let reason = "certificate of tree.example is not trusted: it was good until 2021-01-06, and nobody renewed it"
        person.happen(.connection(.lost(reason: reason, retryAfter: 4_000)))
        #expect(person.row(with: "│  certificate of tree.example is not trusted: it was") != nil)
        #expect(person.row(with: "│  good until 2021-01-06, and nobody renewed it") != nil)
        person.goLive()
        #expect(person.row(with: "certificate") == nil)
    }

    @Test("offline") func offline() throws {
        var person = busy(columns: 100, rows: 20)
        person.happen(.connection(.lost(reason: "connection refused by 127.0.0.1:8733", retryAfter: 4_000)))
        person.wait(milliseconds: 1_000)
        try expectGolden(person.screen, "offline")
    }

    @Test(
        "a warning where the server is not checked, at every width, and none elsewhere", arguments: [24, 40, 80, 200])
    func unverified(columns: Int) {
        var person = Person(columns: columns, isUnverified: true)
        #expect(person.screen.hasPrefix(" treenity  ! unverified"))
        let reason = String(repeating: "a long reason ", count: 20)
        person.happen(.connection(.lost(reason: reason, retryAfter: 4_000)))
        #expect(person.screen.hasPrefix(" treenity  ! unverified"))
        #expect(!Person(columns: columns).screen.contains("unverified"))
    }

    @Test("every size from 1 by 1 on gives a picture of exactly that size")
    func everySize() {
        var person = busy(columns: 120, rows: 30)
        for keys in ["", "?", "<Esc>i", "<Esc>/ta", "<Esc>dd", "<Esc>Z", "Z<F2>", "<Tab>"] {
            person.press(keys)
            for (columns, rows) in [(1, 1), (2, 1), (1, 2), (5, 3), (10, 2), (20, 5), (33, 9), (80, 24), (300, 90)] {
                person.happen(.terminal(.resized(Size(columns: columns, rows: rows))))
                let screen = person.model.view()
                #expect(screen.lines.count == rows)
                for line in screen.lines { #expect(DisplayText(line.text).columns <= columns) }
            }
        }
    }

    static let hostile: [(String, String)] = [
        ("\u{1B}[2J", "␛[2J"), ("a\u{9B}31m", "a‹9B›31m"), ("\u{202E}evil", "‹202E›evil"), ("\u{7}\u{8}", "␇␈"),
        ("\u{200B}\u{FEFF}", "‹200B›‹FEFF›"), ("\u{E0041}", "‹E0041›"), ("\u{301}a", "◌\u{301}a"),
        ("\u{7F}", "␡"), ("a\u{2028}b", "a‹2028›b"), ("👩\u{200D}💻", "👩💻"), ("a\u{200D}b", "a‹200D›b"),
        ("❤\u{FE0F}", "❤"),
        ("e" + String(repeating: "\u{301}", count: 50), "e\u{301}\u{301}\u{301}\u{301}"),
    ]

    @Test("what could act on the terminal or hide is shown as something visible", arguments: hostile)
    func hostileText(source: String, shown: String) {
        #expect(DisplayText(source).text == shown)
    }

    @Test("hostile text does no harm anywhere on the screen")
    func hostileEverywhere() {
        let evil = "\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\u{200B}" + String(repeating: "\u{300}", count: 300)
        var person = Person(start: "tree/spaces")
        person.receive(
            .add(.object([JSONValue.Member(key: "name", value: .string(evil))])), "tree/spaces/x", by: evil)
        person.receive(.edit(["name": .string(evil + "2")]), "tree/spaces/x", by: evil)
        person.happen(.connection(.problem(evil)))
        person.press("gp<C-u>/spaces/x<Enter>")
        person.happen(.connection(.lost(reason: evil, retryAfter: 5)))
        for scalar in person.model.view().text.unicodeScalars where scalar != "\n" {
            switch scalar.properties.generalCategory {
            case .control, .format: Issue.record("U+\(String(scalar.value, radix: 16)) is on the screen")
            default: break
            }
        }
    }

    @Test(
        "texts are cut and padded to exact columns",
        arguments: [
            ("日本語", 4, "日… "), ("日本語", 5, "日本…"), ("日本語", 6, "日本語"), ("abc", 5, "abc  "), ("abc", 2, "a…"),
            ("abc", 0, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ])
    func fitting(source: String, columns: Int, fitted: String) {
        #expect(DisplayText(source).fitted(to: columns) == fitted)
    }
}
