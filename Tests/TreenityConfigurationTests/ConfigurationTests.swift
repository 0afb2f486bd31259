import Testing
import TreenityProtocol
import TreenityUI
import TreenityYAML

@testable import TreenityConfiguration

@Suite("The configuration file")
struct ConfigurationTests {
    private func settings(_ text: String, profile: String? = nil) -> Settings {
        let (configuration, problems) = Configuration.parse(text)
        #expect(problems.isEmpty)
        var settings = Settings(address: "", user: "", idPrefix: "")
        configuration.preferences.apply(to: &settings)
        profile.flatMap(configuration.profile)?.preferences.apply(to: &settings)
        return settings
    }

    private func problems(_ text: String) -> [String] {
        Configuration.parse(text).problems.map { $0.description(in: "config.yaml") }
    }

    @Test("says nothing where it is empty") func empty() {
        for text in ["", "# nothing\n", "---\n"] {
            let (configuration, problems) = Configuration.parse(text)
            #expect(problems.isEmpty && configuration.profiles.isEmpty)
        }
    }

    @Test("changes settings of every kind") func settingsOfEveryKind() {
        let settings = settings("order: recent\nmouse: off\nascii: true\nrow: [name, load]\ntheme: nord\n")
        #expect(settings.order == .recent && !settings.usesMouse && settings.isASCII)
        #expect(settings.tellingProperties == ["name", "load"] && settings.themeName == "nord")
    }

    @Test("names one look, or two that the background chooses from") func themes() {
        #expect(settings("theme: {dark: nord, light: day}").themesByBackground == ThemePair(dark: "nord", light: "day"))
        #expect(settings("theme: nord").themesByBackground == nil)
        #expect(problems("theme: {dark: nord}").first?.contains("has to name both") == true)
    }

    @Test("gives keys other meanings") func keys() {
        let settings = settings("keys:\n  \"C-n gj\": move.next\n  q: none\n")
        #expect(settings.keys.count == 3)
    }

    @Test("says who edits, what is muted, and from where on trees are large") func rest() {
        let settings = settings("user: ann\nmute: [tree/hosts, tree/x]\nlazy-above: 1000\n")
        #expect(settings.user == "ann" && settings.mostNodes == 1000)
        #expect(settings.muted == ["tree/hosts", "tree/x"])
    }

    @Test("knows servers by name, each with what is different there") func profiles() throws {
        let text = """
            order: recent
            theme: {dark: nord, light: day}
            profile: prod
            profiles:
              prod:
                url: wss://tree.example#tree/spaces
                guard: protected
                token-file: ~/token
                ca-file: /ca.pem
                theme: high-contrast
                user: ops
              lab: {url: localhost}
            """
        let (configuration, problems) = Configuration.parse(text)
        #expect(problems.isEmpty)
        #expect(configuration.profiles.map(\.name) == ["prod", "lab"] && configuration.defaultProfile == "prod")
        let prod = try #require(configuration.profile("prod"))
        #expect(prod.url == "wss://tree.example#tree/spaces" && prod.guarding == .protected)
        #expect(prod.tokenFile == "~/token" && prod.authorities == "/ca.pem")
        let settings = settings(text, profile: "prod")
        #expect(settings.order == .recent && settings.themeName == "high-contrast" && settings.user == "ops")
        #expect(settings.themesByBackground == nil)
    }

    @Test(
        "what is wrong is said with its line and what is allowed, and the rest counts",
        arguments: [
            ("order: best", 1, "natural, received, recent"),
            ("mouse: on\nmouze: on", 2, "means nothing here; there are theme"),
            ("keys:\n  j: move.nxt", 2, "move.next"), ("keys:\n  PgDown: move.next", 2, "PageDown"),
            ("mute: [spaces]", 1, "tree"), ("lazy-above: many", 1, "a number"),
            ("filter: \"op:PAINT\"", 1, "filter: "),
            ("row: {a: b}", 1, "here is to be a value"),
            ("profiles:\n  a:\n    guard: none", 2, "has no url"),
            ("profiles:\n  a:\n    url: x\n    guard: maybe", 4, "none, read-only, protected"),
            ("profiles:\n  a: {url: x, colour: red}", 2, "url, guard, token-file"), ("order: [", 3, "no YAML"),
            ("mouse: on\nmouse: off", 1, "twice"),
        ])
    func mistakes(text: String, line: Int, allowed: String) throws {
        let (configuration, problems) = Configuration.parse(text + "\nuser: ann\n")
        #expect(problems.count == 1)
        let problem = try #require(problems.first)
        #expect(problem.line == line, "\(problem)")
        #expect(problem.reason.contains(allowed), "\(problem)")
        let isYAML =
            !["[", "twice"].contains { text.hasSuffix($0) } && !problem.reason.contains("twice")
        if isYAML { #expect(configuration.preferences.user == "ann") }
    }

    @Test("a file that is a list is said to be none") func list() {
        #expect(
            problems("- a\n- b") == [
                "config.yaml:1: the configuration: here are to be keys with values, as “key: value”"
            ])
    }

    @Test("a default profile that is not there is said") func missingProfile() {
        #expect(
            problems("profile: x\nprofiles: {a: {url: b}}") == [
                "config.yaml: profile: there is no profile “x”; profiles has a"
            ])
    }

    @Test("no text makes reading it fail") func total() {
        for text in [
            "a: !!binary x", "? [a]\n: b", "keys: [1]", "profiles: 7", "theme: {dark: [a]}", "&a [*a]", "\u{0}",
            "a: &b\n b: *b",
        ] {
            _ = Configuration.parse(text)
        }
    }
}

@Suite("The example of a configuration")
struct ConfigurationExampleTests {
    /// The example with everything in it that can be said, said.
    private var said: String {
        ConfigurationExample.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("#") && !$0.hasPrefix("##") ? String($0.dropFirst()) : String($0) }
            .joined(separator: "\n")
            // It shows both forms.
            .replacing("theme: {dark: treenity-dark, light: treenity-light}\n", with: "")
    }

    @Test("is a configuration that says nothing") func silent() {
        let (configuration, problems) = Configuration.parse(ConfigurationExample.text)
        #expect(problems.isEmpty && configuration.profiles.isEmpty)
        #expect(configuration.preferences.keys.isEmpty && configuration.preferences.user == nil)
    }

    @Test("is without a mistake when all that it shows is said") func complete() throws {
        let (configuration, problems) = Configuration.parse(said)
        #expect(problems.isEmpty, "\(problems)")
        #expect(configuration.profiles.count == 1 && configuration.preferences.keys.count == 4)
        #expect(configuration.defaultProfile == configuration.profiles.first?.name)
    }

    @Test("shows every setting with its value, every other key, and every command") func every() {
        let text = ConfigurationExample.text
        let settings = Settings(address: "", user: "", idPrefix: "")
        var changed = settings
        Configuration.parse(said).configuration.preferences.apply(to: &changed)
        for setting in Setting.all {
            #expect(text.contains("\n#\(setting.name):"))
            #expect(setting.text(in: changed) == setting.text(in: settings), "\(setting.name)")
        }
        for key in ConfigurationKey.allCases { #expect(text.contains("\n#\(key.rawValue):")) }
        for key in ProfileKey.allCases { #expect(text.contains("\n#    \(key.rawValue): ")) }
        for command in KeyAssignment.commandNames { #expect(text.contains("##   \(command)\n")) }
    }
}
