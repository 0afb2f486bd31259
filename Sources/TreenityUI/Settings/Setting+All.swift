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
        Setting(name: name, summary: summary, kind: .flag) {
            .flag($0[keyPath: path])
        } write: { value, settings in
            if case .flag(let isOn) = value { settings[keyPath: path] = isOn }
        }
    }

    /// A setting that is a whole number.
    static func number(
        _ name: String, _ summary: String, _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<Settings, Int> & Sendable
    ) -> Setting {
        Setting(name: name, summary: summary, kind: .number(range)) {
            .number($0[keyPath: path])
        } write: { value, settings in
            if case .number(let number) = value { settings[keyPath: path] = number }
        }
    }

    /// A setting that is one of a few words.
    static func choice<Choice: RawRepresentable<String> & Sendable>(
        _ name: String, _ summary: String, _ choices: [Choice],
        _ path: any WritableKeyPath<Settings, Choice> & Sendable
    ) -> Setting {
        Setting(name: name, summary: summary, kind: .choice(choices.map(\.rawValue))) {
            .text($0[keyPath: path].rawValue)
        } write: { value, settings in
            guard case .text(let text) = value, let choice = Choice(rawValue: text) else { return }
            settings[keyPath: path] = choice
        }
    }

    /// A setting that is any text.
    static func text(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, String> & Sendable
    ) -> Setting {
        Setting(name: name, summary: summary, kind: .text) {
            .text($0[keyPath: path])
        } write: { value, settings in
            if case .text(let text) = value { settings[keyPath: path] = text }
        }
    }

    /// A setting that is a list of words.
    static func words(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Settings, [String]> & Sendable
    ) -> Setting {
        Setting(name: name, summary: summary, kind: .words) {
            .words($0[keyPath: path])
        } write: { value, settings in
            if case .words(let words) = value { settings[keyPath: path] = words }
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
