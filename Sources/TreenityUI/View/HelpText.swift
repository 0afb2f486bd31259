/// The help, made from the keymap, so that it cannot be wrong.
enum HelpText {
    static func lines(_ keymap: Keymap, _ theme: Theme) -> [(keys: String, summary: String, isHeading: Bool)] {
        Command.Group.allCases.flatMap { group in
            let rows = keymap.bindings.filter { $0.group == group }.map { binding in
                (binding.sequences.map(KeyNotation.text).joined(separator: "  "), binding.command.summary, false)
            }
            return [(group.rawValue, "", true)] + rows + [("", "", false)]
        }
    }
}
