/// Reads an edit's steps from front to back; keeps and deletes in parts.
///
/// Behind the last step stands a keep without end, as an edit keeps what it does not reach.
struct TextEditCursor {
    /// What comes next; never an empty step.
    private(set) var head = TextEdit.Step.keep(.max)
    /// Whether all steps are read.
    private(set) var isAtEnd = false
    private let steps: [TextEdit.Step]
    private var place = 0

    init(_ edit: TextEdit) {
        steps = edit.steps
        advance()
    }

    /// Passes over what is left of the head.
    mutating func advance() {
        while place < steps.count {
            head = steps[place]
            place += 1
            switch head {
            case .keep(let count), .delete(let count): if count > 0 { return }
            case .insert(let text): if !text.isEmpty { return }
            }
        }
        head = .keep(.max)
        isAtEnd = true
    }

    /// Passes over so many characters of a head that keeps or deletes at least as many.
    mutating func advance(by count: Int) {
        switch head {
        case .keep(let length):
            guard !isAtEnd else { return }
            if length > count { head = .keep(length - count) } else { advance() }
        case .delete(let length):
            if length > count { head = .delete(length - count) } else { advance() }
        case .insert:
            preconditionFailure("an insert is passed over as a whole: \(head)")
        }
    }
}
