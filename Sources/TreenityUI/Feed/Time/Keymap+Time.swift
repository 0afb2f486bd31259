extension Keymap {
    static let time = Group(
        "Time",
        [
            Binding("s", .time(.freeze), "freeze the screen; back to live", hint: "freeze"),
            Binding("gh", .time(.nodeHistory), "history of the node, with differences and authors"),
            Binding("<", .time(.patchBack), "the tree as it was a patch earlier", hint: "earlier"),
            Binding(">", .time(.patchForward), "a patch later", hint: "later"),
            Binding("{", .time(.minuteBack), "a minute earlier"),
            Binding("}", .time(.minuteForward), "a minute later"),
        ])
}
