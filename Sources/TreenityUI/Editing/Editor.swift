import TreenityProtocol
import TreenityStore

/// A value being edited: in the line where it stands, or on a page.
struct Editor: Sendable {
    enum Form: Sendable {
        case line, page
    }

    var subject: EditSubject
    /// What was there when the edit began; `nil`: nothing.
    var base: JSONValue?
    var field: TextField
    /// The first character on the page.
    var top = 0
    /// The column that the cursor comes back to in rows that are long enough.
    var goal: Int?
    /// The pane that was in use, and is again.
    var pane: Pane
    /// What somebody else made of it meanwhile, in words.
    var theirs: String?
    /// What is to be said, until the next key.
    var remark: String?
    /// The text as it goes out to the others and comes in from them; `nil`: it is saved as a whole.
    var shared: SharedEdit?

    /// - Parameter text: what is edited; `nil`: what is there.
    init(_ subject: EditSubject, base: JSONValue?, text: String? = nil, pane: Pane) {
        self.subject = subject
        self.base = base
        self.pane = pane
        let text = text ?? Editor.text(of: base)
        field = TextField(text, hasLines: subject.name == nil || Editor.needsPage(text, base))
        if field.hasLines, base?.kind != .string { field.move(to: 0) }
    }

    var form: Form { field.hasLines ? .page : .line }

    /// What the text stands for.
    var typed: TypedValue {
        TypedValue(field.text, as: subject.name == nil ? .object : .init(replacing: base))
    }

    /// Longer texts do not fit into a line that one can oversee.
    private static let longestLine = 120

    static func text(of value: JSONValue?) -> String {
        value.map { $0.string ?? $0.indented } ?? ""
    }

    private static func needsPage(_ text: String, _ base: JSONValue?) -> Bool {
        text.utf8.count > longestLine && text.count > longestLine || text.contains(where: \.isNewline)
            || base?.kind == .array
    }

    /// Between a line and a page; a text with line breaks needs a page.
    mutating func changeForm() {
        guard form == .line || !field.characters.contains(where: \.isNewline), subject.name != nil else {
            remark = "a text with line breaks needs the page"
            return
        }
        field.hasLines.toggle()
        (top, goal) = (0, nil)
    }

    // MARK: The page

    /// Rows up or down, to the same column.
    mutating func move(rows: Int, width: Int) {
        let layout = PageLayout(field.characters, width: width)
        let column = goal ?? layout.column(of: field.cursor)
        let target: Range<Int>
        if rows < 0 {
            target = layout.row(of: layout.rowStart(-rows, above: field.cursor))
        } else {
            let below = layout.rows(from: layout.row(of: field.cursor).lowerBound, count: rows + 1)
            target = below.last ?? 0..<0
        }
        field.move(to: layout.place(in: target, column: column))
        goal = column
    }

    /// Scrolls so that the cursor is in sight.
    mutating func arrange(_ size: Size) {
        guard form == .page else { return }
        let layout = PageLayout(field.characters, width: size.columns)
        let row = layout.row(of: field.cursor).lowerBound
        // What is at the top may have been edited away, or wrapped anew.
        top = layout.row(of: min(top, field.characters.count)).lowerBound
        if row < top {
            top = row
        } else if !layout.rows(from: top, count: size.rows).contains(where: { $0.lowerBound == row }) {
            top = layout.rowStart(size.rows - 1, above: row)
        }
    }
}
