/// Which keys ask for which command, and what the help and the hints say of it: all in one table.
struct Keymap: Sendable {
    /// One command with the key sequences that ask for it.
    struct Binding: Sendable {
        let command: Command
        /// Any of these, each pressed one key after the other.
        let sequences: [[Key]]
        /// What the command does, for the help; empty where another row tells it.
        let summary: String
        /// A word or two for the hint line; `nil`: not worth a place there.
        let hint: String?

        init(_ keys: String, _ command: Command, _ summary: String, hint: String? = nil) {
            let sequences = keys.split(separator: " ").map { KeyNotation.keys(String($0)) }
            self.init(sequences, command, summary, hint: hint)
        }

        init(_ sequences: [[Key]], _ command: Command, _ summary: String, hint: String?) {
            self.command = command
            self.sequences = sequences
            self.summary = summary
            self.hint = hint
        }
    }

    /// Bindings under a heading of the help.
    struct Group: Sendable {
        let title: String
        let bindings: [Binding]

        init(_ title: String, _ bindings: [Binding]) {
            self.title = title
            self.bindings = bindings
        }
    }

    let groups: [Group]
    private let bySequence: [[Key]: Binding]
    private let byCommand: [Command: Binding]
    private let prefixes: Set<[Key]>

    init(_ groups: [Group]) {
        self.groups = groups
        let bindings = groups.flatMap(\.bindings)
        let pairs = bindings.flatMap { binding in binding.sequences.map { ($0, binding) } }
        bySequence = Dictionary(pairs) { first, _ in first }
        byCommand = Dictionary(bindings.map { ($0.command, $0) }) { first, _ in first }
        prefixes = Set(pairs.flatMap { keys, _ in (1..<max(1, keys.count)).map { Array(keys.prefix($0)) } })
    }

    /// What a sequence of keys means.
    enum Meaning: Equatable {
        case command(Command)
        case prefix
        case nothing
    }

    func meaning(of keys: [Key]) -> Meaning {
        if let binding = bySequence[keys] { return .command(binding.command) }
        return prefixes.contains(keys) ? .prefix : .nothing
    }

    /// The sequences that begin with these keys, with what they ask for.
    func continuations(of keys: [Key]) -> [(keys: [Key], binding: Binding)] {
        groups.flatMap(\.bindings).flatMap { binding in
            binding.sequences.filter { $0.count > keys.count && $0.starts(with: keys) }.map { ($0, binding) }
        }
    }

    /// How the hint line shows a command: its first key, and a word or two; `nil`: not at all.
    func hint(for command: Command) -> (keys: String, text: String)? {
        guard let binding = byCommand[command], let hint = binding.hint, let keys = binding.sequences.first else {
            return nil
        }
        return (KeyNotation.text(keys), hint)
    }
}
