/// A setting with a name: what the configuration file, and `:set` while the program runs, can change.
///
/// All are in one table, ``all``, so that the file, the prompt's completion and the help know the same ones.
public struct Setting: Sendable {
    /// What it is called in the configuration and after `:set`.
    public let name: String
    /// What it does, in a few words.
    public let summary: String
    /// What it can be.
    public let kind: Kind
    let read: @Sendable (Settings) -> Value
    let write: @Sendable (Value, inout Settings) -> Void

    /// The values that a setting can have.
    public enum Kind: Sendable, Equatable {
        /// `on` or `off`.
        case flag
        /// One of these words.
        case choice([String])
        /// Any text.
        case text
        /// Words, none twice.
        case words
    }

    /// A value of some kind.
    public enum Value: Sendable, Equatable {
        /// On or off.
        case flag(Bool)
        /// A word of a choice, or any text.
        case text(String)
        /// Several words.
        case words([String])
    }

    /// Why a value does not fit, in plain words that say what would.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        /// The words.
        public let description: String

        /// A problem in these words.
        public init(description: String) {
            self.description = description
        }
    }

    /// The setting of that name; `nil`: there is none.
    public static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

    /// The value that a text stands for: of a flag `on`, `off`, `true`, `false`, `yes` or `no`; words stand apart by
    /// spaces or commas.
    public func value(of text: String) throws(Problem) -> Value {
        switch kind {
        case .flag:
            switch text.lowercased() {
            case "on", "true", "yes": return .flag(true)
            case "off", "false", "no": return .flag(false)
            default: throw Problem(description: "\(name) is on or off, not “\(text)”")
            }
        case .choice(let choices):
            guard choices.contains(text) else {
                let allowed = choices.joined(separator: ", ")
                throw Problem(description: "\(name) is one of \(allowed); not “\(text)”")
            }
            return .text(text)
        case .text:
            return .text(text)
        case .words:
            return .words(text.split { $0 == " " || $0 == "," }.map(String.init))
        }
    }

    /// Changes the settings to have this value.
    ///
    /// - Throws: where the value is of another kind, or is none of those that are allowed.
    public func apply(_ value: Value, to settings: inout Settings) throws(Problem) {
        switch (kind, value) {
        case (.flag, .flag), (.text, .text): break
        case (.choice, .text(let text)): _ = try self.value(of: text)
        case (.words, .words(let words)):
            if let twice = words.indices.first(where: { words[..<$0].contains(words[$0]) }) {
                throw Problem(description: "\(name) has “\(words[twice])” twice")
            }
        case (.flag, _): throw Problem(description: "\(name) is on or off")
        case (.choice(let choices), _):
            throw Problem(description: "\(name) is one of \(choices.joined(separator: ", "))")
        case (.text, _): throw Problem(description: "\(name) is a text")
        case (.words, _): throw Problem(description: "\(name) is a list of words")
        }
        write(value, &settings)
    }

    /// The value that the settings have now, as it is typed.
    public func text(in settings: Settings) -> String {
        switch read(settings) {
        case .flag(let isOn): isOn ? "on" : "off"
        case .text(let text): text
        case .words(let words): words.joined(separator: " ")
        }
    }
}
