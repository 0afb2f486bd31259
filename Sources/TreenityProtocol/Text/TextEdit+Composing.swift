extension TextEdit {
    /// This edit and then the next one, as one edit of the text before both.
    ///
    /// For every text, the composition makes of it what the two make one after the other; it fits wherever they do.
    /// What `next` inserts where this edit removes stands before the removed characters. So composing is associative,
    /// and an edit that was admitted later (``Precedence``) is carried over the composition as over one edit after the
    /// other. O(steps of both and length of what they insert).
    public func composed(with next: TextEdit) -> TextEdit {
        var builder = TextEditBuilder(capacity: steps.count + next.steps.count)
        var first = TextEditCursor(self)
        var second = TextEditCursor(next)
        /// What is left of the first edit's insert; its head is the step after it.
        var inserted: Substring = ""
        while !(inserted.isEmpty && first.isAtEnd && second.isAtEnd) {
            if case .insert(let text) = second.head {
                builder.insert(text)
                second.advance()
            } else if !inserted.isEmpty {
                builder.cross(&inserted, with: &second)
            } else if case .insert(let text) = first.head {
                inserted = text[...]
                first.advance()
            } else {
                builder.cross(&first, with: &second)
            }
        }
        return builder.finish()
    }
}

extension TextEditBuilder {
    /// Takes what the second edit leaves of the next part of what the first one inserted.
    fileprivate mutating func cross(_ inserted: inout Substring, with second: inout TextEditCursor) {
        switch second.head {
        case .keep(let count):
            let kept = inserted.removeFirst(scalars: count)
            insert(String(kept.text))
            second.advance(by: kept.scalars)
        case .delete(let count):
            second.advance(by: inserted.removeFirst(scalars: count).scalars)
        case .insert:
            preconditionFailure("the second edit's insert comes first: \(second.head)")
        }
    }

    /// Takes the next step of an edit that does not insert here, as the second one changes it.
    fileprivate mutating func cross(_ first: inout TextEditCursor, with second: inout TextEditCursor) {
        switch (first.head, second.head) {
        case (.delete(let count), _):
            delete(count)
            first.advance()
        case (.keep(let one), .keep(let other)):
            let count = min(one, other)
            keep(count)
            first.advance(by: count)
            second.advance(by: count)
        case (.keep(let one), .delete(let other)):
            let count = min(one, other)
            delete(count)
            first.advance(by: count)
            second.advance(by: count)
        case (.insert, _), (_, .insert):
            preconditionFailure("inserts come first: \(first.head), \(second.head)")
        }
    }
}
