import TreenityProtocol

/// What can be undone and redone in a text: edits of the text as it is, the newest last.
struct EditHistory: Equatable, Sendable {
    private var undos: [TextEdit] = []
    private var redos: [TextEdit] = []

    private static let most = 1_000

    /// The text was edited; this takes it back.
    ///
    /// - Parameter goesOn: it belongs to the step before, as the letters of a word do.
    mutating func note(_ inverse: TextEdit, goesOn: Bool) {
        redos = []
        if goesOn, let before = undos.popLast() {
            undos.append(inverse.composed(with: before))
            return
        }
        undos.append(inverse)
        if undos.count > EditHistory.most { undos.removeFirst() }
    }

    /// The edit that takes the last step back; `nil`: there is none.
    mutating func undo(in text: String) -> TextEdit? { EditHistory.pass(from: &undos, to: &redos, text) }

    /// The edit that takes the last undoing back; `nil`: there is none.
    mutating func redo(in text: String) -> TextEdit? { EditHistory.pass(from: &redos, to: &undos, text) }

    private static func pass(from: inout [TextEdit], to: inout [TextEdit], _ text: String) -> TextEdit? {
        guard let edit = from.popLast(), let back = edit.inverted(on: text) else { return nil }
        to.append(back)
        return edit
    }

    /// Somebody else edited the text: the steps are taken back around that.
    mutating func carry(over edit: TextEdit) {
        EditHistory.carry(&undos, over: edit)
        EditHistory.carry(&redos, over: edit)
    }

    private static func carry(_ steps: inout [TextEdit], over edit: TextEdit) {
        var edit = edit
        for place in steps.indices.reversed() {
            let step = steps[place]
            steps[place] = step.transformed(over: edit, admitted: .later)
            edit = edit.transformed(over: step, admitted: .earlier)
        }
    }
}
