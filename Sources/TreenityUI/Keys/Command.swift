/// What a key can ask for. Keys are bound to these in ``Keymap``, and the help is made from both.
public enum Command: Hashable, Sendable, CaseIterable {
    // Moving
    case next, previous, foldOrParent, unfoldOrChild, parent, nextSibling, previousSibling, first, last
    case halfPageDown, halfPageUp, pageDown, pageUp, scrollDown, scrollUp, cursorToMiddle, cursorToTop, cursorToBottom
    // Folding
    case toggleFold, unfold, fold, unfoldAll, foldAll, unfoldSubtree, foldToDepth(Int)
    case zoomIn, zoomOut
    // Finding
    case search, searchNext, searchPrevious, goToPath, nextChange, previousChange, markSeen
    // Changing
    case edit, addChild, addSibling, rename, delete, cut, pasteChild, pasteSibling, move
    // Panes
    case nextPane, previousPane, toggleTree, toggleInspector, toggleFeed, grow, shrink, maximize
    case feedOfSubtree, mute, changeOrder
    // The program
    case cancel, reconnect, redraw, help, quit, interrupt, suspend

    /// All commands, in the order of the help.
    public static var allCases: [Command] { Keymap.standard.bindings.map(\.command) }
}

extension Command {
    /// The part of the help that a command stands in.
    enum Group: String, CaseIterable {
        case moving = "Moving"
        case folding = "Folding"
        case finding = "Finding"
        case changing = "Changing the tree"
        case panes = "Panes"
        case program = "The program"
    }

    /// What the command does, for the help.
    var summary: String {
        switch self {
        case .next: "next row"
        case .previous: "previous row"
        case .foldOrParent: "fold, or go to the parent"
        case .unfoldOrChild: "unfold, or go to the first child"
        case .parent: "parent"
        case .nextSibling: "next sibling"
        case .previousSibling: "previous sibling"
        case .first: "first row"
        case .last: "last row"
        case .halfPageDown: "half a page down"
        case .halfPageUp: "half a page up"
        case .pageDown: "a page down"
        case .pageUp: "a page up"
        case .scrollDown: "scroll down by a row"
        case .scrollUp: "scroll up by a row"
        case .cursorToMiddle: "cursor's row to the middle"
        case .cursorToTop: "cursor's row to the top"
        case .cursorToBottom: "cursor's row to the bottom"
        case .toggleFold: "fold or unfold; in the feed: go to the node"
        case .unfold: "unfold"
        case .fold: "fold"
        case .unfoldAll: "unfold everything"
        case .foldAll: "fold everything"
        case .unfoldSubtree: "unfold all below the cursor"
        case .foldToDepth(let depth): "unfold to depth \(depth)"
        case .zoomIn: "make the node under the cursor the top"
        case .zoomOut: "back to the top before"
        case .search: "search names, keys and values while typing"
        case .searchNext: "next match"
        case .searchPrevious: "previous match"
        case .goToPath: "go to a path (Tab completes)"
        case .nextChange: "next change"
        case .previousChange: "previous change"
        case .markSeen: "mark all changes as seen"
        case .edit: "edit the property in place"
        case .addChild: "add below: a node “name”, a property “name = value”"
        case .addSibling: "add beside"
        case .rename: "rename"
        case .delete: "delete (asks)"
        case .cut: "cut, to paste elsewhere: a move"
        case .pasteChild: "paste as child"
        case .pasteSibling: "paste as sibling"
        case .move: "move to a path (Tab completes)"
        case .nextPane: "next pane"
        case .previousPane: "previous pane"
        case .toggleTree: "show or hide the tree"
        case .toggleInspector: "show or hide the properties"
        case .toggleFeed: "show or hide the patches"
        case .grow: "enlarge the pane"
        case .shrink: "shrink the pane"
        case .maximize: "the pane alone, and back"
        case .feedOfSubtree: "patches of the cursor's subtree only"
        case .mute: "mute or unmute the patches below the cursor"
        case .changeOrder: "order of children: natural, as received, last changed"
        case .cancel: "cancel; never quits"
        case .reconnect: "reconnect now"
        case .redraw: "draw the screen again"
        case .help: "this help"
        case .quit: "quit"
        case .interrupt: "interrupt what is being typed, else quit"
        case .suspend: "suspend; “fg” comes back"
        }
    }

    /// A word or two for the hint line; `nil`: not worth a place there.
    var hint: String? {
        switch self {
        case .next: "move"
        case .unfoldOrChild: "open"
        case .edit: "edit"
        case .addChild: "add"
        case .rename: "rename"
        case .delete: "delete"
        case .cut: "cut"
        case .pasteChild: "paste"
        case .move: "move"
        case .search: "search"
        case .searchNext: "next match"
        case .nextPane: "pane"
        case .nextChange: "changes"
        case .mute: "mute"
        case .reconnect: "reconnect"
        case .help: "help"
        case .quit: "quit"
        default: nil
        }
    }
}
