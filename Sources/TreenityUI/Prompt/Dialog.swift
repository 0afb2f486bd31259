import TreenityProtocol
import TreenityStore

/// What has the keyboard instead of the panes.
enum Dialog: Sendable {
    case prompt(Prompt)
    case confirmation(Confirmation)
    case feed(FeedDialog)
    case act(ActDialog)
    /// A value being edited.
    case editor(Editor)
    /// Values that others have changed while they were being edited.
    case conflict(Conflict)
    case drafts(DraftList)
    case find(FindDialog)
    /// The help, scrolled down by so many rows.
    case help(scroll: Int)
}

/// A question that is answered by typing a line.
struct Prompt: Sendable {
    /// What the line is for.
    enum Purpose: Hashable, Sendable {
        case add(under: NodeID)
        case rename(Replica.Item)
        case move(Replica.Item)
    }

    var purpose: Purpose
    var field: TextField
    /// Under which the text is kept when it is left; `nil`: it is not.
    var draftKey: Draft.Key?
    /// The text that was there at first.
    var original: String?
    /// The pane that was in use when the prompt opened, and is again when it closes.
    var pane = Pane.tree
    /// What is wrong with what was typed.
    var complaint: String?
    /// The text that was complained of: Enter on it once more is meant so.
    var warned: String?
}

/// A question that is answered by `y`, or by `Y` where `y` is the key that led to it.
struct Confirmation: Sendable {
    enum Action: Sendable {
        /// Deletes these, of which the user was told this.
        case delete([Replica.Item], said: String)
        case quit
    }

    var question: String
    var action: Action
    var answer: Character = "y"
}
