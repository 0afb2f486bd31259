extension Keymap {
    /// The keys that the program comes with.
    static let standard = Keymap([moving, folding, finding, changing, acting, editing, panes, feed, time, program])

    private static let moving = Group(
        "Moving",
        [
            Binding("j Down", .move(.next), "next row", hint: "down"),
            Binding("k Up", .move(.previous), "previous row", hint: "up"),
            Binding("h Left", .move(.out), "fold, or go to the parent"),
            Binding(
                "l Right", .move(.into), "unfold, or go to the first child; in the patches: the patch in full",
                hint: "open"),
            Binding("H", .tree(.parent), "parent"),
            Binding("J", .tree(.nextSibling), "next sibling"),
            Binding("K", .tree(.previousSibling), "previous sibling"),
            Binding("gg Home", .move(.first), "first row"),
            Binding("G End", .move(.last), "last row; in the patches: follow what arrives", hint: "follow"),
            Binding("C-d", .move(.halfPageDown), "half a page down"),
            Binding("C-u", .move(.halfPageUp), "half a page up"),
            Binding("C-f PageDown", .move(.pageDown), "a page down"),
            Binding("C-b PageUp", .move(.pageUp), "a page up"),
            Binding("C-e", .tree(.scrollDown), "scroll down by a row"),
            Binding("C-y", .tree(.scrollUp), "scroll up by a row"),
            Binding("zz", .tree(.cursorToMiddle), "the cursor's row to the middle"),
            Binding("zt", .tree(.cursorToTop), "the cursor's row to the top"),
            Binding("zb", .tree(.cursorToBottom), "the cursor's row to the bottom"),
        ])

    private static let folding = Group(
        "Folding",
        [
            Binding("Enter za", .move(.open), "fold or unfold; in the patches: go to the node", hint: "go to"),
            Binding("zo", .tree(.unfold), "unfold"),
            Binding("zc", .tree(.fold), "fold"),
            Binding("zO", .tree(.unfoldSubtree), "unfold all below the cursor"),
            Binding("zR", .tree(.unfoldAll), "unfold everything"),
            Binding("zM", .tree(.foldAll), "fold everything"),
        ]
            + (1...9).map {
                Binding("z\($0)", .tree(.foldToDepth($0)), $0 == 1 ? "unfold to depth 1, and so on to z9" : "")
            }
            + [
                Binding("L", .tree(.zoomIn), "make the node under the cursor the top"),
                Binding("Backspace", .tree(.zoomOut), "back through the places visited", hint: "back"),
                Binding("zp", .tree(.toggleProperties), "properties as rows, or not"),
                Binding("zl", .tree(.shiftRight), "scroll the rows to the right, to the ends of long names"),
                Binding("zh", .tree(.shiftLeft), "scroll the rows to the left"),
            ])

    private static let finding = Group(
        "Finding",
        [
            Binding("/", .find(.search), "search names, keys and values while typing", hint: "search"),
            Binding("n", .find(.next), "next match", hint: "next match"),
            Binding("N", .find(.previous), "previous match"),
            Binding("*", .find(.sameKey), "next node with the same key, or of the same name"),
            Binding(
                "f", .find(.filter), "show only what fits, by letters of names; in the patches: filter those",
                hint: "filter"),
            Binding("gp", .find(.goToPath), "go to a path, or by letters of it; Tab completes"),
            Binding(":", .find(.command), "all commands, by words of what they do"),
            Binding("gc", .find(.nextChange), "next change", hint: "changes"),
            Binding("gC", .find(.previousChange), "previous change"),
            Binding("gs", .find(.markSeen), "mark all changes as seen"),
        ])

    private static let changing = Group(
        "Changing the tree",
        [
            Binding("i", .change(.edit), "edit the property in place", hint: "edit"),
            Binding("a", .change(.addChild), "add below: “name” is a node, “name = value” a property", hint: "add"),
            Binding("o O", .change(.addSibling), "add beside"),
            Binding("r", .change(.rename), "rename", hint: "rename"),
            Binding("dd Delete", .change(.delete), "delete; asks", hint: "delete"),
            Binding("x", .change(.cut), "cut, to paste elsewhere: a move", hint: "cut"),
            Binding("p", .change(.pasteChild), "paste below", hint: "paste"),
            Binding("P", .change(.pasteSibling), "paste beside"),
            Binding("m", .change(.move), "move to a path; Tab completes", hint: "move"),
        ])

    private static let panes = Group(
        "Panes",
        [
            Binding("Tab", .pane(.next), "next pane", hint: "pane"),
            Binding("S-Tab", .pane(.previous), "previous pane"),
            Binding("F2", .pane(.toggleTree), "show or hide the tree"),
            Binding("F3", .pane(.toggleInspector), "show or hide the properties"),
            Binding("F4", .pane(.toggleFeed), "show or hide the patches"),
            Binding("+", .pane(.grow), "enlarge the pane"),
            Binding("_", .pane(.shrink), "shrink the pane"),
            Binding("Z", .pane(.maximize), "the pane alone, and back"),
            Binding("go", .pane(.changeOrder), "order of children: natural, as received, last changed"),
        ])

    private static let program = Group(
        "The program",
        [
            Binding("? F1", .program(.help), "this help", hint: "help"),
            Binding("Escape", .program(.cancel), "cancel, clear filter and marks; never quits", hint: "clear"),
            Binding("R", .program(.reconnect), "reconnect now", hint: "reconnect"),
            Binding("C-l", .program(.redraw), "draw the screen again"),
            Binding("gm", .program(.toggleMouse), "the mouse for this program, or for the terminal's own selection"),
            Binding("C-z", .program(.suspend), "suspend; “fg” comes back"),
            Binding("C-c", .program(.interrupt), "leave what is being typed, else quit"),
            Binding("q", .program(.quit), "quit; asks while edits have no answer", hint: "quit"),
        ])
}
