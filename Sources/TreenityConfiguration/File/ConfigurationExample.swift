import TreenityUI

/// A configuration file that explains everything that can stand in it, made of the tables by which it is read.
public enum ConfigurationExample {
    /// The file. What is explained begins with `##`; what can be said, with `#`: settings as they are without it.
    public static var text: String {
        let head = """
            ## The configuration of treenity: $XDG_CONFIG_HOME/treenity/config.yaml, else ~/.config/treenity/config.yaml.
            ## Take the “#” away before a line to make it count. “treenity config --check” says what is wrong with it.

            """
        return head + settings + keys
    }

    private static var settings: String {
        let defaults = Settings(address: "", user: "", idPrefix: "")
        return Setting.all.map { setting in
            let value = scalar(setting.text(in: defaults), setting.kind)
            let more =
                setting.name == "theme"
                ? "## Two of them, chosen by the terminal's background:\n#theme: {dark: treenity-dark, light: treenity-light}\n## One for both:\n"
                : ""
            return "\n## \(capitalized(setting.summary)).\(allowed(setting.kind))\n\(more)#\(setting.name): \(value)\n"
        }.joined()
    }

    private static var keys: String {
        ConfigurationKey.allCases.map { key in
            var lines = ["", "## \(capitalized(key.summary))."]
            if key == .keys {
                lines += ["## Keys are written as j, gg, C-d, M-x, S-Tab, PageDown, F5; commands are:"]
                lines += KeyAssignment.commandNames.map { "##   \($0)" }
            }
            if key == .profiles { lines += ProfileKey.allCases.map { "##   \($0.rawValue): \($0.summary)" } }
            let separator = key.example.hasPrefix("\n") ? ":" : ": "
            lines.append("#\(key.rawValue)\(separator)" + key.example.replacing("\n", with: "\n#"))
            return lines.joined(separator: "\n") + "\n"
        }.joined()
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private static func allowed(_ kind: Setting.Kind) -> String {
        switch kind {
        case .flag: " on or off."
        case .choice(let choices): " One of \(choices.joined(separator: ", "))."
        case .text: ""
        case .words: " A list."
        }
    }

    /// A value as it stands in YAML.
    private static func scalar(_ text: String, _ kind: Setting.Kind) -> String {
        switch kind {
        case .words: "[\(text.replacing(" ", with: ", "))]"
        case .flag, .choice: text
        case .text:
            text.isEmpty || text.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "-" })
                ? "'\(text.replacing("'", with: "''"))'" : text
        }
    }
}
