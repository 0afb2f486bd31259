/// What a key can ask for. ``Keymap`` says which keys do, and what the help says of it.
enum Command: Hashable, Sendable {
    /// Moves the cursor of the pane in use.
    case move(Motion)
    /// Moves or folds in the tree.
    case tree(TreeCommand)
    case find(FindCommand)
    /// Changes the tree.
    case change(ChangeCommand)
    /// Changes much at once, takes back, or carries away.
    case act(ActCommand)
    case editing(EditingCommand)
    case pane(PaneCommand)
    case feed(FeedCommand)
    case time(TimeCommand)
    case program(ProgramCommand)
}

/// Motions that every pane knows in its way.
enum Motion: Hashable, Sendable {
    case next, previous, first, last
    case halfPageDown, halfPageUp, pageDown, pageUp
    /// Outwards: to the parent, folding on the way.
    case out
    /// Inwards: to the first child, unfolding on the way.
    case into
    /// Enter: folds, unfolds, edits, or goes to what the row is about.
    case open
}

/// What the tree's pane alone knows.
enum TreeCommand: Hashable, Sendable {
    case parent, nextSibling, previousSibling
    case scrollDown, scrollUp, cursorToMiddle, cursorToTop, cursorToBottom
    case unfold, fold, unfoldAll, foldAll, unfoldSubtree
    case foldToDepth(Int)
    case zoomIn, zoomOut
    case shiftRight, shiftLeft, toggleProperties
}

enum FindCommand: Hashable, Sendable {
    case search, next, previous, sameKey, filter, goToPath, command, nextChange, previousChange, markSeen
}

enum ChangeCommand: Hashable, Sendable {
    case edit, addChild, addSibling, rename, delete, cut, pasteChild, pasteSibling, move
}

enum PaneCommand: Hashable, Sendable {
    case next, previous, toggleTree, toggleInspector, toggleFeed, grow, shrink, maximize
    case changeOrder
}

enum ProgramCommand: Hashable, Sendable {
    case cancel, reconnect, redraw, help, quit, interrupt, suspend, toggleMouse
}
