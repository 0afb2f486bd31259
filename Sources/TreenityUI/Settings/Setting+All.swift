extension Setting {
    /// All settings, in the order in which they are listed.
    public static let all: [Setting] = [
        .text("theme", "a theme's name, or a base16 scheme file", \.themeName),
        .choice("cursor", "what the cursor marks: the name alone, or the whole row", CursorMark.allCases, \.cursor),
        .choice("order", "order of children", ChildOrder.allCases, \.order),
        .flag("properties", "properties as rows of the tree", \.showsProperties),
        .words("row", "properties that a node's row shows, the most telling first", \.tellingProperties),
        .flag("mouse", "clicks and the wheel act here; off leaves them to the terminal", \.usesMouse),
        .choice("times", "how the patches tell when they came", TimeFormat.allCases, \.timeFormat),
        .flag("clock", "the time of day in the line at the top", \.showsClock),
        .flag("presence", "others see where your cursor is", \.tellsPresence),
        .flag("ascii", "draw with ASCII alone", \.isASCII),
    ]

    /// A setting that is on or off.
    static func flag(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, Bool> & Sendable
    ) -> Setting {
        of(.flag, name, summary, path, Value.flag) { if case .flag(let isOn) = $0 { isOn } else { nil } }
    }

    /// A setting that is one of a few words.
    static func choice<Choice: RawRepresentable<String> & Sendable>(
        _ name: String, _ summary: String, _ choices: [Choice],
        _ path: any WritableKeyPath<Settings, Choice> & Sendable
    ) -> Setting {
        of(.choice(choices.map(\.rawValue)), name, summary, path, { .text($0.rawValue) }) {
            if case .text(let text) = $0 { Choice(rawValue: text) } else { nil }
        }
    }

    /// A setting that is any text.
    static func text(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, String> & Sendable
    ) -> Setting {
        of(.text, name, summary, path, Value.text) { if case .text(let text) = $0 { text } else { nil } }
    }

    /// A setting that is a list of words.
    static func words(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, [String]> & Sendable
    ) -> Setting {
        of(.words, name, summary, path, Value.words) { if case .words(let words) = $0 { words } else { nil } }
    }

    /// A setting that stands at a place in the settings, in a form of its own.
    private static func of<Content>(
        _ kind: Kind, _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, Content> & Sendable,
        _ value: @escaping @Sendable (Content) -> Value, _ content: @escaping @Sendable (Value) -> Content?
    ) -> Setting {
        Setting(name: name, summary: summary, kind: kind) {
            value($0[keyPath: path])
        } write: { value, settings in
            if let content = content(value) { settings[keyPath: path] = content }
        }
    }
}

extension Settings {
    /// Whether lines and signs are drawn with ASCII alone.
    public var isASCII: Bool {
        get { glyphs == .ascii }
        set { glyphs = newValue ? .ascii : .unicode }
    }
}
