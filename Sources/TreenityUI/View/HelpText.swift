/// The help, made from the keymap, so that it cannot be wrong.
struct HelpText {
    /// One row: keys and what they do, or a heading, or nothing.
    enum Row {
        case heading(String)
        case binding(keys: String, summary: String)
        case blank
    }

    let lines: [Row]

    init(_ keymap: Keymap) {
        lines = keymap.groups.flatMap { group in
            [.heading(group.title)]
                + group.bindings.filter { !$0.summary.isEmpty }.map { binding in
                    .binding(
                        keys: binding.sequences.map(KeyNotation.text).joined(separator: "  "), summary: binding.summary)
                } + [.blank]
        }
    }
}
