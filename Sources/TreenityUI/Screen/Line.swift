/// Text of one style within a line.
public struct Span: Hashable, Sendable {
    /// Safe to write to a terminal: no controls, nothing invisible.
    public var text: String
    /// How it looks.
    public var style: Style

    /// Text in a style.
    public init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}

/// One row of the screen, from its left edge; what it does not reach is blank in the screen's own style.
public struct Line: Hashable, Sendable {
    /// The pieces from left to right.
    public var spans: [Span]

    /// A line of these pieces.
    public init(_ spans: [Span] = []) {
        self.spans = spans
    }

    /// The line without its styles.
    public var text: String { spans.map(\.text).joined() }
}
