import TreenityProtocol

/// A manual page in the macros of man(7), of what the argument parser says of the commands.
struct ManualPage {
    private let root: JSONValue?

    /// - Parameter help: what `--experimental-dump-help` writes.
    init(_ help: JSONValue) { root = help["command"] }

    var text: String {
        guard let root else { return "" }
        var lines = [".TH TREENITY 1", ".SH NAME", "treenity \\- \(escaped(root.string("abstract").lowercasedFirst))"]
        lines += [".SH SYNOPSIS", ".B treenity", ".I COMMAND", "[\\fIOPTION\\fR]\\&..."]
        lines += [".SH DESCRIPTION"] + paragraphs(root.string("discussion"), isVerbatim: true)
        lines.append(".SH COMMANDS")
        for command in root.elements("subcommands") { lines += section(command, path: "treenity") }
        lines += [".SH EXIT STATUS"]
        for (status, meaning) in ManualPage.statuses { lines += [".TP", "\(status)", escaped(meaning)] }
        lines += [".SH ENVIRONMENT"]
        for (name, meaning) in ManualPage.environment { lines += [".TP", ".B \(name)", escaped(meaning)] }
        lines += [
            ".SH FILES", ".TP", ".I ~/.config/treenity/config.yaml",
            "The configuration; \\fBtreenity config \\-\\-example\\fR explains it.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    static let statuses: [(Int32, String)] = [
        (0, "All went well."), (ExitStatus.failure, "Something went wrong; standard error says what."),
        (ExitStatus.partial, "Some of a data file could not be read; the rest was written."),
        (ExitStatus.usage, "The command line is wrong."),
        (ExitStatus.terminal, "There is no terminal, or it cannot show a full screen."),
        (ExitStatus.configuration, "The configuration is wrong (config --check)."),
        (129, "The terminal went away; what was edited is kept."),
        (143, "SIGTERM came; other signals end it with 128 and their number, too."),
    ]

    static let environment = [
        ("TREENITY_TOKEN", "The token to connect with, where no file is named."),
        ("TREENITY_THEME", "The theme, where --theme is not given."),
        (
            "TERM, COLORTERM, NO_COLOR, COLORFGBG",
            "What the terminal is, whether it shows all colours, that it is to show none, and what it draws on."
        ),
        ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the configuration, themes, and edits that wait are."),
        ("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "Proxies, in lower case, too."),
    ]

    private func section(_ command: JSONValue, path: String) -> [String] {
        let name = command.string("commandName")
        let subcommands = command.elements("subcommands").filter { $0.string("commandName") != "help" }
        guard name != "help" else { return [] }
        var lines = [".SS \(escaped("\(path) \(name)"))", escaped(command.string("abstract"))]
        lines += paragraphs(command.string("discussion"), isVerbatim: false)
        for argument in command.elements("arguments") where argument["shouldDisplay"]?.boolean != false {
            lines += self.argument(argument)
        }
        return lines + subcommands.flatMap { section($0, path: "\(path) \(name)") }
    }

    private func argument(_ argument: JSONValue) -> [String] {
        let names = argument.elements("names").map { name in
            (name.string("kind") == "short" ? "-" : "--") + name.string("name")
        }
        guard !names.contains("--help") else { return [] }
        let value = "\\fI\(escaped(argument.string("valueName")))\\fR"
        let title: String
        switch argument.string("kind") {
        case "positional": title = value
        case "flag": title = "\\fB\(escaped(names.joined(separator: ", ")))\\fR"
        default: title = "\\fB\(escaped(names.joined(separator: ", ")))\\fR \(value)"
        }
        let standard = argument.string("defaultValue")
        let text = [argument.string("abstract"), argument.string("discussion")].filter { !$0.isEmpty }
            .joined(separator: " ")
        return [".TP", title, escaped(text + (standard.isEmpty ? "" : " (default: \(standard))"))]
    }

    private func paragraphs(_ text: String, isVerbatim: Bool) -> [String] {
        guard !text.isEmpty else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
        return isVerbatim ? [".nf"] + lines + [".fi"] : [".PP"] + lines.map { $0.isEmpty ? ".PP" : $0 }
    }

    /// Nothing of a text is a macro.
    private func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}

extension JSONValue {
    fileprivate func string(_ key: String) -> String { self[key]?.string ?? "" }

    fileprivate func elements(_ key: String) -> [JSONValue] { self[key]?.elements ?? [] }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
