extension Keymap {
    /// All commands, in the order of the help.
    var commands: [Command] { groups.flatMap(\.bindings).map(\.command) }

    /// The map with other meanings for some keys. What a new sequence would make unreachable, or be made unreachable by,
    /// goes: the help shows what is left.
    func assigning(_ assignments: [KeyAssignment]) -> Keymap {
        guard !assignments.isEmpty else { return self }
        return Keymap(
            groups.map { group in
                Group(group.title, group.bindings.map { Keymap.apply(assignments, to: $0) })
            })
    }

    private static func apply(_ assignments: [KeyAssignment], to binding: Binding) -> Binding {
        var sequences = binding.sequences
        for assignment in assignments {
            let keys = assignment.keys
            sequences.removeAll { $0.starts(with: keys) || keys.starts(with: $0) }
            // The first, so that the hint line shows what the user has chosen.
            if assignment.command == binding.command { sequences.insert(keys, at: 0) }
        }
        return Binding(sequences, binding.command, binding.summary, hint: binding.hint)
    }
}
