/// A whole picture for the terminal: exactly as many lines as it has rows, none wider than its columns.
public struct Screen: Hashable, Sendable {
    /// The extent that the picture was made for.
    public var size: Size
    /// The rows from top to bottom.
    public var lines: [Line]
    /// Where the terminal's cursor stands; `nil`: hidden.
    public var cursor: Position?
    /// The style of what no span covers.
    public var base: Style

    /// A place on the screen, counted from its upper left corner, from 0.
    public struct Position: Hashable, Sendable {
        /// Rows below the first.
        public var row: Int
        /// Columns right of the first.
        public var column: Int

        /// The place in that row and column.
        public init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    /// A picture of these parts.
    public init(size: Size, lines: [Line], cursor: Position? = nil, base: Style = Style()) {
        self.size = size
        self.lines = lines
        self.cursor = cursor
        self.base = base
    }

    /// The picture as plain text, a line each.
    public var text: String { lines.map(\.text).joined(separator: "\n") }
}
