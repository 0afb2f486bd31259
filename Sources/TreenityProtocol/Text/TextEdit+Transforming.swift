extension TextEdit {
    /// The place of an edit in the server's order, beside that of a concurrent one.
    public enum Precedence: Hashable, Sendable {
        /// Admitted before the other: its inserts go left of the other's at the same place.
        case earlier
        /// Admitted after the other: its inserts go right of the other's at the same place.
        case later
    }

    /// This edit for the text that the other one leaves: what it does, less what the other has done already.
    ///
    /// Both are edits of the same text. Characters that both remove are removed once; what one inserts among characters
    /// that the other removes survives. With the opposite precedence the other edit is carried over this one, and both
    /// ways lead to the same text (TP1). O(steps of both and length of what the other inserts).
    ///
    /// - Parameter precedence: whether *this* edit was admitted before or after the other.
    public func transformed(over other: TextEdit, admitted precedence: Precedence) -> TextEdit {
        var builder = TextEditBuilder(capacity: steps.count + other.steps.count)
        var own = TextEditCursor(self)
        var others = TextEditCursor(other)
        while !own.isAtEnd {
            switch (own.head, others.head) {
            case (.insert, .insert(let text)) where precedence == .later:
                builder.keep(text.scalarCount)
                others.advance()
            case (.insert(let text), _):
                builder.insert(text)
                own.advance()
            case (_, .insert(let text)):
                builder.keep(text.scalarCount)
                others.advance()
            case (.keep(let one), .keep(let another)):
                let count = min(one, another)
                builder.keep(count)
                own.advance(by: count)
                others.advance(by: count)
            case (.delete(let one), .keep(let another)):
                let count = min(one, another)
                builder.delete(count)
                own.advance(by: count)
                others.advance(by: count)
            case (.keep(let one), .delete(let another)), (.delete(let one), .delete(let another)):
                let count = min(one, another)
                own.advance(by: count)
                others.advance(by: count)
            }
        }
        return builder.finish()
    }
}
