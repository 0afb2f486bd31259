import TreenityProtocol
import TreenityStore

/// What has the keyboard while something is to be agreed to, filled in, or read.
enum ActDialog: Sendable {
    case question(Question)
    case sheet(Sheet)
}

/// Something that a line of text answers.
struct Question: Sendable {
    enum Purpose: Hashable, Sendable {
        /// The name of the protected tree.
        case unlock(String)
        /// The argument for the actions of these nodes, as JSON or nothing.
        case execute([TreePath])
        /// What an edit that was refused is to write instead, as JSON.
        case correct(id: String)
    }

    var purpose: Purpose
    var field = TextField()
    /// What is wrong with what was typed.
    var complaint: String?

    init(_ purpose: Purpose, _ text: String = "") {
        self.purpose = purpose
        field = TextField(text)
    }
}

/// Lines to read instead of the panes.
struct Sheet: Sendable {
    enum Content: Sendable {
        /// What an undo or a redo would do, once it is agreed to.
        case plan(UndoStack.Direction, UndoPlan)
        /// What an action gave.
        case result(ActionResult)
        /// The edits that the server refused, one of them selected.
        case refused(selection: Int)
    }

    var content: Content
    var scroll = 0

    init(_ content: Content) {
        self.content = content
    }

    /// What stands above the lines.
    var title: String {
        switch content {
        case .plan(.undo, _): "undo"
        case .plan(.redo, _): "redo"
        case .result(let result): result.path.text
        case .refused: "refused edits"
        }
    }
}
