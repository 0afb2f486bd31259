import Foundation
import Testing
import TreenityYAML

@testable import TreenityConfiguration
@testable import TreenityUI

@Suite("Themes in files")
struct ThemeFileTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Those that come with the program, found as by one that was built here.
    private static let files = ThemeFiles(
        environment: ["HOME": "/nowhere", "XDG_DATA_DIRS": "/nowhere"],
        program: package.appendingPathComponent(".build/debug/treenity").path)

    private static var bundled: [String] { files.names.filter { !$0.hasPrefix("terminal") } }

    @Test("eight at least come with the program, of both kinds, a monochrome and a high-contrast one among them")
    func enough() throws {
        #expect(ThemeFileTests.bundled.count >= 8)
        let backgrounds = try ThemeFileTests.bundled.map { try ThemeFileTests.files.theme($0).text.background }
        #expect(backgrounds.count(where: \.isLight) >= 3 && backgrounds.count { !$0.isLight } >= 3)
        #expect(Set(["high-contrast", "monochrome"]).isSubset(of: ThemeFileTests.bundled))
    }

    @Test("a configuration that names one that there is not is told so, with the line")
    func misnamed() {
        let text = """
            theme: nordd
            profiles:
              home:
                url: ws://localhost
                theme: {dark: nord, light: nowhere.yaml}
            """
        let problems = Configuration.parse(text, themes: ThemeFileTests.files).problems
            .map { $0.description(in: "config.yaml") }
        #expect(problems.count == 2)
        #expect(problems.first?.hasPrefix("config.yaml:1: theme: there is no theme “nordd”; there are ") == true)
        #expect(problems.last?.hasPrefix("config.yaml:5: theme: the theme") == true)
        #expect(Configuration.parse(text).problems.isEmpty)
    }

    @Test("every text of every bundled theme can be read where it stands: WCAG 2, level AA", arguments: bundled)
    func contrast(name: String) throws {
        let theme = try ThemeFileTests.files.theme(name)
        let texts = [
            theme.text, theme.faint, theme.title, theme.name, theme.key, theme.string, theme.number, theme.literal,
            theme.added, theme.edited, theme.moved, theme.deleted, theme.executed, theme.good, theme.warning,
            theme.failure,
        ]
        let onCursor = [true, false].flatMap { isFocused in texts.map { theme.onCursor($0, isFocused: isFocused) } }
        let onMarker = texts.map { theme.onMarker($0, isFocused: true) }
        for style in texts + onCursor + onMarker + [theme.bar, theme.barStrong, theme.match] {
            let contrast = try #require(style.foreground.contrast(to: style.background))
            #expect(contrast >= 4.5, "\(style)")
        }
        for border in [theme.border, theme.focusedBorder] {
            #expect(try #require(border.foreground.contrast(to: border.background)) >= 1.5)
        }
    }

    @Test("high contrast is level AAA") func highContrast() throws {
        let theme = try ThemeFileTests.files.theme("high-contrast")
        for style in [theme.text, theme.faint, theme.key, theme.number, theme.failure, theme.edited] {
            #expect(try #require(style.foreground.contrast(to: style.background)) >= 7)
            let onCursor = theme.onCursor(style, isFocused: true)
            #expect(try #require(onCursor.foreground.contrast(to: onCursor.background)) >= 4.5)
        }
    }

    private static let colors = (0..<16).map { "base0\(String($0, radix: 16, uppercase: true))" }

    private func scheme(_ text: String) throws -> Base16 { try SchemeFile.scheme(text, file: "x.yaml") }

    @Test("base16 and base24, with a palette and flat, with and without “#”, in digits alone, in either case")
    func forms() throws {
        let wide = ThemeFileTests.colors + (0...7).map { "base1\($0)" }
        let forms = [
            "scheme: \"Old\"\nauthor: \"a\"\n" + ThemeFileTests.colors.map { "\($0): \"012345\"\n" }.joined(),
            "system: base16\nname: New\npalette:\n" + ThemeFileTests.colors.map { "  \($0): \"#012345\"\n" }.joined(),
            "system: base24\nname: Wide\nvariant: dark\npalette:\n"
                + wide.map { "  \($0): \"#012345\" # x\n" }.joined(),
            "scheme: Bare\n" + ThemeFileTests.colors.map { "\($0): 012345\n" }.joined(),
            "name: Small\npalette:\n" + ThemeFileTests.colors.map { "  \($0.lowercased()): '#012345'\n" }.joined(),
        ]
        for form in forms {
            #expect(try scheme(form).colors == Array(repeating: .rgb(1, 0x23, 0x45), count: 16), "\(form)")
        }
        #expect(try forms.map { try scheme($0).name } == ["Old", "New", "Wide", "Bare", "Small"])
    }

    @Test("numbers that YAML could take for others are colours") func numbers() throws {
        let text = "scheme: x\n" + ThemeFileTests.colors.map { "\($0): 1e5010\n" }.joined()
        #expect(try scheme(text).colors.first == .rgb(0x1E, 0x50, 0x10))
    }

    @Test(
        "what is wrong with a file is said",
        arguments: [
            ("name: x\npalette: {base00: \"000000\"}", "no colour base01"),
            ("name: x\npalette: {base00: red}", "#RRGGBB"),
            ("[1, 2]", "no base16 scheme file"), ("name: [", "no base16 scheme file"), ("", "no base16 scheme file"),
        ])
    func mistakes(text: String, words: String) {
        let error = #expect(throws: ThemeFileError.self) { try SchemeFile.scheme(text, file: "x.yaml") }
        #expect(error?.description.contains(words) == true && error?.description.contains("x.yaml") == true)
    }

    @Test("are found in the user's folder first, and where the program is installed") func folders() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-themes-\(UUID())")
        defer { try? FileManager.default.removeItem(at: home) }
        func put(_ folder: String, _ name: String, _ color: String) throws {
            let folder = home.appendingPathComponent(folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let text = "scheme: x\n" + ThemeFileTests.colors.map { "\($0): \(color)\n" }.joined()
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try put("config/treenity/themes", "mine.yaml", "111111")
        try put("prefix/share/treenity/themes", "mine.yaml", "222222")
        try put("prefix/share/treenity/themes", "theirs.yml", "333333")
        let files = ThemeFiles(
            environment: [
                "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_DATA_DIRS": "/nowhere",
            ],
            program: home.path + "/prefix/bin/treenity")
        #expect(files.names == ["terminal", "terminal-light", "mine", "theirs"])
        #expect(try files.theme("mine").text.background == .rgb(0x11, 0x11, 0x11))
        #expect(try files.theme("theirs").text.background == .rgb(0x33, 0x33, 0x33))
        #expect(
            try files.theme(home.path + "/prefix/share/treenity/themes/mine.yaml").text.background
                == .rgb(0x22, 0x22, 0x22))
        let complaint = "there is no theme “none”; there are terminal, terminal-light, mine, theirs"
        #expect(throws: ThemeFileError(description: complaint)) { try files.theme("none") }
    }
}
