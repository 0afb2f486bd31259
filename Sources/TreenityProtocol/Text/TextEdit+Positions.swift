extension TextEdit {
    /// Where a position goes when text is inserted right at it.
    public enum Gravity: Hashable, Sendable {
        /// It stays left of the inserted text.
        case left
        /// It goes right of the inserted text, as a cursor does behind which its user types.
        case right
    }

    /// Where a position in the text before the edit lies after it: a cursor, or an end of a selection.
    ///
    /// From inside of what is removed it goes to where that was. A position beyond the text's end stays as far beyond
    /// it. O(steps up to the position and length of what they insert).
    ///
    /// - Parameter position: in Unicode scalar values from the text's start; a negative one counts as the start.
    public func position(_ position: Int, gravity: Gravity) -> Int {
        var rest = max(position, 0)
        var moved = 0
        for step in steps {
            switch step {
            case .insert(let text):
                if rest == 0, gravity == .left { return moved }
                moved = moved.addingClamped(text.scalarCount)
            case .keep(let count):
                if rest < count { return moved.addingClamped(rest) }
                rest -= max(count, 0)
                moved = moved.addingClamped(max(count, 0))
            case .delete(let count):
                if rest < count { return moved }
                rest -= max(count, 0)
            }
        }
        return moved.addingClamped(rest)
    }
}
