import TreenityProtocol
import TreenityStore

/// What the user has marked, cut, copied and done.
struct Acts: Sendable {
    /// Nodes that the next command is for, in the order in which they were marked; some may be gone by now.
    var marked: [NodeID] = []
    /// Where a range of marks begins.
    var anchor: NodeID?
    var register = Register.empty
    var undo = UndoStack()
    /// Whether the undo stack is another than the one that is kept in a file.
    var isUndoUnsaved = false
    /// What an earlier run left to undo, under this epoch.
    var earlierUndo: (epoch: String, stack: UndoStack)?
    /// Edits that an earlier run left without an answer, by their `id`s and those of their patches.
    var restored: Set<String> = []
    /// What the server has refused, oldest first.
    var refused: [RefusedAct] = []
    /// Refused edits of which nothing is wanted any more, to be forgotten in the file too.
    var dropped: [String] = []
    /// Actions that run, by the `id`s of their patches.
    var running: [String: TreePath] = [:]
    /// What actions gave, to be shown as soon as nothing else has the keyboard.
    var results: [ActionResult] = []
    /// A protected context has been unlocked.
    var isUnlocked = false
    /// The key that was pressed last outside of dialogs: it confirms nothing that it asked for.
    var askingKey: Key?
    /// A paste that waits for what the register holds.
    var awaitedPaste: NodeID?
}

/// What waits to be pasted.
enum Register: Sendable {
    case empty
    /// To be moved.
    case cut([Replica.Item])
    /// To be added.
    case copied(Clipping)
}

/// An edit that the server did not take.
struct RefusedAct: Sendable {
    var edit: RestoredEdit
    var refusal: Refusal
}

/// What an action gave.
struct ActionResult: Sendable {
    let path: TreePath
    let outcome: Result<JSONValue, Refusal>
    /// What it gave, laid out once; empty for a text.
    let lines: [JSONLine]

    init(path: TreePath, outcome: Result<JSONValue, Refusal>) {
        self.path = path
        self.outcome = outcome
        let value = try? outcome.get()
        lines = value.map { $0.kind == .string ? [] : JSONLine.lines(of: $0) } ?? []
    }
}
