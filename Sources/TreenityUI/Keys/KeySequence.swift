/// The keys pressed so far of a command that takes several, and the count before them: `5j`, `gg`, `z3`.
struct KeySequence: Equatable, Sendable {
    private(set) var keys: [Key] = []
    private var digits = ""

    private static let maximumDigits = 6

    /// What pressing one more key led to.
    enum Outcome: Equatable {
        /// A command, so many times; `nil` where no count was given.
        case command(Command, count: Int?)
        /// More keys are needed.
        case incomplete
        /// These keys mean nothing.
        case unknown([Key])
    }

    var isEmpty: Bool { keys.isEmpty && digits.isEmpty }

    /// What has been pressed, for the screen.
    var text: String { digits + KeyNotation.text(keys) }

    mutating func press(_ key: Key, in keymap: Keymap) -> Outcome {
        if keys.isEmpty, case .character(let digit) = key, digit.isASCII, digit.isNumber,
            digit != "0" || !digits.isEmpty
        {
            if digits.count < KeySequence.maximumDigits { digits.append(digit) }
            return .incomplete
        }
        if key == .escape, !isEmpty {
            self = KeySequence()
            return .incomplete
        }
        keys.append(key)
        switch keymap.meaning(of: keys) {
        case .prefix:
            return .incomplete
        case .command(let command):
            let count = Int(digits)
            self = KeySequence()
            return .command(command, count: count)
        case .nothing:
            let unknown = keys
            self = KeySequence()
            return .unknown(unknown)
        }
    }
}
