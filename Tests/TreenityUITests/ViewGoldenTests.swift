import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

/// Every view in four sizes, then how its styles lie in 40 columns: with a dark theme, and without colours.
@Suite("How every view looks")
struct ViewGoldenTests {
    private static let sizes = [(120, 28), (80, 24), (40, 12), (20, 5)]

    /// Names and values of all kinds that a server may send, few enough to be seen at once.
    private static let tree: JSONValue = [
        "日本語の仕事": ["name": "春のキャンペーン計画を立てる", "status": "進行中"],
        "مشاريع": ["name": "تجربة النص العربي", "status": "جديد"],
        "👩‍💻 team": ["name": "👨‍👩‍👧 ❤️ cafe\u{301}", "状態": "確認待ち"],
        "\u{202E}evil": ["name": "\u{1B}[2J\u{7}\u{200B}gone?", "status": "\u{9B}31m"],
        "tasks": [
            "9": ["name": "Slogan", "status": "completed"],
            "10": [
                "name": "Flyer", "status": "review", "tags": ["q4", "launch"],
                "notes": "Call the printer.\n日本語 のメモ\nنص \u{202E}evil\u{1B}[2J 👩‍💻\nlast line",
            ],
            "101": [:],
        ],
        "motd": "welcome, いらっしゃいませ",
    ]

    struct View: CustomTestStringConvertible, Sendable {
        let name: String
        let show: @Sendable (inout Person) -> Void
        var testDescription: String { name }

        init(_ name: String, _ show: @escaping @Sendable (inout Person) -> Void) {
            self.name = name
            self.show = show
        }

        init(_ name: String, keys: String) {
            self.init(name) { $0.press(keys) }
        }
    }

    static let views = [
        View("tree", keys: ""),
        View("rows", keys: "zpjj"),
        View("inspector", keys: "<Tab>"),
        View("keys") { person in
            person.press("g")
            person.wait(milliseconds: 400)
        },
        View("help", keys: "?"),
        View("palette", keys: ":unfo<Up>"),
        View("set", keys: ":set "),
        View("search", keys: "/日本語の"),
        View("search-mistake", keys: "//a(b"),
        View("filter", keys: "f確認"),
        View("filtered", keys: "f日本<Enter>"),
        View("go-to", keys: "gp/tasks/"),
        View("go-to-letters", keys: "gpe"),
        View("add", keys: "afoo = 日本"),
        View("move", keys: "m<C-u>/tasks/archive"),
        View("delete", keys: "Hdd"),
        View("mouse-off", keys: "gm"),
        View("editor-line", keys: "i<C-u>Flyer 日本語 👩‍💻"),
        View("editor-page", keys: "<Tab>jjji<Down><End>!"),
        View("editor-mistake", keys: "<Tab>jji<End><Left><Enter>, c"),
        View("conflict") { person in
            person.press("i<C-u>mine 私の")
            person.receive(.edit(["name": "theirs \u{202E}彼らの"]), "tree/tasks/10", by: "تاجر")
            person.press("<Enter>")
        },
        View("drafts") { person in
            person.press("i<C-u>half 半分<Esc>")
            person.wait(milliseconds: 65_000)
            person.press("anew<Esc>gd")
        },
        View("history") { person in
            person.press("gh")
            let queries = person.takeEffects().compactMap { effect in
                if case .network(.askHistory(let query)) = effect { query } else { nil }
            }
            let patches = (1...3).reversed().map { number in
                HistoricalPatch(
                    patch: Patch(
                        .edit(["name": .string("\(number) 日本語 \u{202E}evil"), "status": "review"]), "tree/tasks/10",
                        timestamp: Timestamp(milliseconds: 1_699_999_000_000 + number * 61_000),
                        meta: ["user": "تاجر"], seq: SequenceNumber(number)),
                    previous: ["name": .string("\(number - 1) 日本語"), "status": "new"])
            }
            person.happen(.connection(.history(id: queries.first?.id ?? "", patches, more: false)))
        },
        View("company") { person in
            person.happen(
                .connection(
                    .presence([
                        Presence(session: "s1", user: "me", path: "tree/tasks/10"),
                        Presence(session: "s2", user: "تاجر", path: "tree/日本語の仕事"),
                        Presence(session: "s3", user: "\u{202E}evil\u{1B}", path: "tree/tasks/9"),
                    ])))
            person.press("gw")
        },
        View("patch", keys: "gj"),
        View("export", keys: "gx"),
        View("unlock") { person in
            person.model.settings.protection = .protected(name: "production")
            person.press("dd")
        },
        View("ghost") { person in person.receive(.delete, "tree/tasks/10", by: "تاجر") },
        View("offline") { person in
            person.happen(.connection(.lost(reason: "connection refused by 127.0.0.1:8733", retryAfter: 4_000)))
        },
        View("loading") { $0 = Person(tree: nil) },
    ]

    private func person(_ columns: Int, _ rows: Int, _ theme: Theme, _ view: View) -> Person {
        var person = Person(tree: Self.tree, start: "tree/tasks/10")
        person.receive(.edit(["status": "確認 \u{202E}evil"]), "tree/tasks/9", by: "تاجر")
        person.wait(milliseconds: 1_000)
        person.model.settings.theme = theme
        person.happen(.terminal(.resized(Size(columns: columns, rows: rows))))
        view.show(&person)
        person.model.settings.theme = theme
        person.happen(.terminal(.resized(Size(columns: columns, rows: rows))))
        return person
    }

    @Test("wide, 80×24, 40×12, 20×5, dark and without colours", arguments: views)
    func view(_ view: View) throws {
        var parts = Self.sizes.map { columns, rows in person(columns, rows, .terminal, view).screen }
        for theme in [try Self.dark(), .terminal] {
            let styles = StyleMap(person(40, 12, theme, view).model.view(), isMonochrome: theme == .terminal)
            parts.append(styles.text)
        }
        try expectGolden(parts.joined(separator: "\n\n"), "views/\(view.name)")
    }

    private static func dark() throws -> Theme {
        let colors = [
            "1d1f21", "282a2e", "373b41", "969896", "b4b7b4", "c5c8c6", "e0e0e0", "ffffff", "cc6666", "de935f",
            "f0c674",
            "b5bd68", "8abeb7", "81a2be", "b294bb", "a3685a",
        ]
        let palette = colors.enumerated().map { ("base0" + String($0.offset, radix: 16, uppercase: true), $0.element) }
        return Theme(try Base16(name: "dark", palette: Dictionary(uniqueKeysWithValues: palette)))
    }
}

/// A letter for every column of a screen that says which style it has, and what the letters mean.
private struct StyleMap {
    private(set) var text = ""

    init(_ screen: Screen, isMonochrome: Bool) {
        var letters: [String: Character] = [:]
        var legend: [String] = []
        func letter(of style: Style) -> Character {
            let words = Self.words(style, isMonochrome)
            if let letter = letters[words] { return letter }
            let letter = Self.letters[letters.count % Self.letters.count]
            letters[words] = letter
            legend.append("\(letter)  \(words)")
            return letter
        }
        var rows: [String] = []
        for line in screen.lines {
            var row = ""
            for span in line.spans {
                row += String(repeating: letter(of: span.style), count: DisplayText(span.text).columns)
            }
            let rest = screen.size.columns - DisplayText(line.text).columns
            row += String(repeating: letter(of: screen.base), count: max(0, rest))
            rows.append(row)
        }
        text = (rows + legend).joined(separator: "\n")
    }

    private static let letters = Array(".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    private static func words(_ style: Style, _ isMonochrome: Bool) -> String {
        let attributes: [(Style.Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underlined"), (.reverse, "reversed"),
            (.struck, "struck"),
        ]
        let names = attributes.filter { style.attributes.contains($0.0) }.map(\.1)
        guard !isMonochrome else { return names.isEmpty ? "plain" : names.joined(separator: " ") }
        return ([name(style.foreground), "on", name(style.background)] + names).joined(separator: " ")
    }

    private static func name(_ color: Color) -> String {
        switch color {
        case .terminalDefault: "default"
        case .ansi(let number): "ansi \(number)"
        case .rgb(let red, let green, let blue):
            [red, green, blue].map { String(256 + Int($0), radix: 16).dropFirst() }.joined()
        }
    }
}
