/// How text looks.
public struct Style: Hashable, Sendable {
    /// The colour of the characters.
    public var foreground: Color
    /// The colour behind them.
    public var background: Color
    /// What else sets them apart.
    public var attributes: Attributes

    /// A style of these parts.
    public init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// What sets text apart beside its colours.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// The bits of the set.
        public let rawValue: UInt8

        /// A set of these bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Heavier strokes.
        public static let bold = Attributes(rawValue: 1)
        /// Weaker colour.
        public static let dim = Attributes(rawValue: 2)
        /// Slanted.
        public static let italic = Attributes(rawValue: 4)
        /// A line below.
        public static let underline = Attributes(rawValue: 8)
        /// Foreground and background exchanged.
        public static let reverse = Attributes(rawValue: 16)
        /// A line through.
        public static let struck = Attributes(rawValue: 32)
    }
}
