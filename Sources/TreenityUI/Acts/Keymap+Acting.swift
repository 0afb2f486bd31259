extension Keymap {
    static let acting = Group(
        "Much at once, back and away",
        [
            Binding(
                "Space", .act(.mark), "mark the node, or unmark it: the next command is for all marked", hint: "mark"),
            Binding("V", .act(.markRange), "mark all rows from the last mark to here"),
            Binding("yy", .act(.copySubtree), "copy the node with all below it; p and P paste it, before any server"),
            Binding("yv", .act(.copyValue), "the value to the terminal's clipboard"),
            Binding("yp", .act(.copyPath), "the path to the clipboard"),
            Binding("yk", .act(.copyKey), "the name to the clipboard"),
            Binding("ys", .act(.copyNode), "the node as JSON to the clipboard"),
            Binding("u", .act(.undo), "take back what you did last; shows it first", hint: "undo"),
            Binding("C-r", .act(.redo), "do again what was taken back"),
            Binding("X", .act(.execute), "run the action of the node, with arguments as JSON"),
            Binding("gr", .act(.showRefused), "edits that the server refused: repeat, change or drop them"),
            Binding("gl", .act(.toggleLock), "unlock a protected tree by typing its name, or lock it again"),
        ])
}
