/// Which keys ask for which command: data, from which keys are read and the help is made.
public struct Keymap: Sendable {
    /// One command with the key sequences that ask for it.
    public struct Binding: Sendable {
        /// What is asked for.
        public let command: Command
        /// Any of these, each pressed one key after the other.
        public let sequences: [[Key]]
        let group: Command.Group
    }

    /// All bindings, in the order of the help.
    public let bindings: [Binding]
    private let commands: [[Key]: Command]
    private let prefixes: Set<[Key]>

    private init(_ groups: [(Command.Group, [(Command, String)])]) {
        bindings = groups.flatMap { group, rows in
            rows.map { command, text in
                Binding(
                    command: command, sequences: text.split(separator: " ").map { KeyNotation.keys(String($0)) },
                    group: group)
            }
        }
        let pairs = bindings.flatMap { binding in binding.sequences.map { ($0, binding.command) } }
        commands = Dictionary(pairs) { first, _ in first }
        prefixes = Set(pairs.flatMap { keys, _ in (1..<max(1, keys.count)).map { Array(keys.prefix($0)) } })
    }

    /// What a sequence of keys means.
    enum Meaning: Equatable {
        case command(Command)
        case prefix
        case nothing
    }

    func meaning(of keys: [Key]) -> Meaning {
        if let command = commands[keys] { return .command(command) }
        return prefixes.contains(keys) ? .prefix : .nothing
    }

    /// The sequences that begin with these keys, with what they ask for.
    func continuations(of keys: [Key]) -> [(keys: [Key], command: Command)] {
        bindings.flatMap { binding in
            binding.sequences.filter { $0.count > keys.count && $0.starts(with: keys) }.map { ($0, binding.command) }
        }
    }

    /// The first key sequence for a command, as people write it.
    func notation(for command: Command) -> String? {
        bindings.first { $0.command == command }?.sequences.first.map(KeyNotation.text)
    }

    /// The keys that the program comes with.
    public static let standard = Keymap([
        (
            .moving,
            [
                (.next, "j Down"), (.previous, "k Up"), (.foldOrParent, "h Left"), (.unfoldOrChild, "l Right"),
                (.parent, "H"), (.nextSibling, "J"), (.previousSibling, "K"), (.first, "gg Home"), (.last, "G End"),
                (.halfPageDown, "C-d"), (.halfPageUp, "C-u"), (.pageDown, "C-f PageDown"), (.pageUp, "C-b PageUp"),
                (.scrollDown, "C-e"), (.scrollUp, "C-y"), (.cursorToMiddle, "zz"), (.cursorToTop, "zt"),
                (.cursorToBottom, "zb"),
            ]
        ),
        (
            .folding,
            [
                (.toggleFold, "Enter za"), (.unfold, "zo"), (.fold, "zc"), (.unfoldSubtree, "zO"),
                (.unfoldAll, "zR"), (.foldAll, "zM"),
            ] + (1...9).map { (.foldToDepth($0), "z\($0)") } + [(.zoomIn, "L"), (.zoomOut, "Backspace")]
        ),
        (
            .finding,
            [
                (.search, "/"), (.searchNext, "n"), (.searchPrevious, "N"), (.goToPath, "gp"),
                (.nextChange, "gc"), (.previousChange, "gC"), (.markSeen, "gs"),
            ]
        ),
        (
            .changing,
            [
                (.edit, "i"), (.addChild, "a"), (.addSibling, "o O"), (.rename, "r"), (.delete, "dd Delete"),
                (.cut, "x"), (.pasteChild, "p"), (.pasteSibling, "P"), (.move, "m"),
            ]
        ),
        (
            .panes,
            [
                (.nextPane, "Tab"), (.previousPane, "S-Tab"), (.toggleTree, "F2"), (.toggleInspector, "F3"),
                (.toggleFeed, "F4"), (.grow, "+"), (.shrink, "_"), (.maximize, "Z"), (.feedOfSubtree, "gf"),
                (.mute, "M"), (.changeOrder, "go"),
            ]
        ),
        (
            .program,
            [
                (.help, "? F1"), (.cancel, "Escape"), (.reconnect, "R"), (.redraw, "C-l"), (.suspend, "C-z"),
                (.interrupt, "C-c"), (.quit, "q"),
            ]
        ),
    ])
}
