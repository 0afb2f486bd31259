extension Keymap {
    static let feed = Group(
        "The patches",
        [
            Binding(
                "gF", .feed(.filter), "filter: op:DELETE path:**/tasks/* by:ann !path:**/heartbeat; f does it, too"),
            Binding("gf", .feed(.ofSubtree), "patches of the cursor's subtree only, and of all again"),
            Binding("M", .feed(.mute), "mute the patches below the cursor, or show them again", hint: "mute"),
            Binding("t", .feed(.timeFormat), "times: of day, to the millisecond, or as ages"),
            Binding("gj", .feed(.details), "the selected patch in full, as JSON; l does it, too", hint: "in full"),
            Binding("U", .feed(.revert), "revert the selected patch; asks", hint: "revert"),
            Binding("gx", .feed(.export), "write the patches that are shown into a file"),
            Binding("gw", .feed(.company), "who is here, and where; Enter goes there"),
        ])
}
