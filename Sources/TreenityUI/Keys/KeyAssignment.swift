/// What the user wants a sequence of keys to ask for, instead of what it means by itself.
public struct KeyAssignment: Sendable, Equatable {
    let keys: [Key]
    /// `nil`: nothing.
    let command: Command?

    /// What takes the meaning of keys away.
    public static let nothing = "none"

    /// The names of all commands that keys can ask for.
    public static var commandNames: [String] { byName.keys.sorted() }

    private static let byName = Dictionary(Keymap.standard.commands.map { ($0.name, $0) }) { first, _ in first }

    /// The assignments of a line such as `j Down: move.next`: any of the sequences, each pressed one key after the other.
    ///
    /// - Throws: ``KeyError`` for what is no key or no command.
    public static func parse(keys: String, command: String) throws(KeyError) -> [KeyAssignment] {
        let wanted = byName[command]
        if wanted == nil, command != nothing { throw .unknownCommand(command, known: [nothing] + commandNames) }
        var assignments: [KeyAssignment] = []
        for word in keys.split(separator: " ") {
            assignments.append(KeyAssignment(keys: try KeyNotation.parse(String(word)), command: wanted))
        }
        guard !assignments.isEmpty else { throw .noKeys }
        return assignments
    }
}

/// Why keys cannot be assigned.
public struct KeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what is allowed, for a person.
    public let description: String

    static let noKeys = KeyError(description: "here are to be keys, as “j Down”")

    static func unknownKey(_ word: String, _ reason: String) -> KeyError {
        KeyError(description: "“\(word)” is no key: \(reason)")
    }

    static func unknownCommand(_ name: String, known: [String]) -> KeyError {
        let group = name.prefix { $0 != "." }
        let near = known.filter { $0.hasPrefix("\(group).") }
        let list = near.isEmpty ? known : near
        return KeyError(description: "there is no command “\(name)”; there are \(list.joined(separator: ", "))")
    }
}
