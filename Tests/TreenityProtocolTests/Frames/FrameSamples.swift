import TreenityProtocol

/// One frame of every kind, with all optional parts and with none.
enum FrameSamples {
    static let patches: [Patch] = [
        Patch(.add([:]), "tree/a"),
        Patch(.add("text"), "tree/a/name", timestamp: Timestamp(milliseconds: -1)),
        Patch(.add(.null), "tree/a/nothing"),
        Patch(
            .edit(["status": "in-progress", "deep": ["tags": ["a", 1, .null]]]), "tree/a~1b/~0",
            timestamp: Timestamp(milliseconds: 1_698_762_345_678), meta: ["user": "ann", "session": "s", "x": [1]],
            id: "c1", base: SequenceNumber(7), seq: SequenceNumber(8)),
        Patch(.edit(["notes": ["$text": [3, "x\n", ["d": 2]]]]), "tree/a", base: .zero),
        Patch(.edit(["$text": ["x"]]), "tree/a/notes", base: .zero),
        Patch(.delete, "tree/é/e\u{301}", seq: SequenceNumber(.max)),
        Patch(.move(to: "tree/b/~1"), "tree/a"),
        Patch(.execute(nil), "tree/a/run"),
        Patch(.execute(["": 1]), "tree/a/run", id: ""),
    ]

    static let clientFrames: [ClientFrame] =
        patches.map(ClientFrame.patch) + [
            .batch(id: "b1", patches: patches),
            .batch(id: nil, patches: []),
            .subscribe(Subscription(id: "s1", path: .root)),
            .subscribe(
                Subscription(id: "s2", path: "tree/a", depth: 0, since: SequenceNumber(48_112), epoch: "e\"1")),
            .unsubscribe(id: "s1"),
            .history(HistoryQuery(id: "h1", path: "tree/a")),
            .history(HistoryQuery(id: "h1", path: "tree/a", before: SequenceNumber(9), limit: 50)),
            .find(FindQuery(id: "f1", path: .root, query: "")),
            .find(FindQuery(id: "f1", path: "tree/a", query: "Käse \\", limit: 0)),
            .presence("tree/a"),
            .presence(nil),
            .result(id: "x1", value: .null),
            .result(id: "x1", value: ["a": [.number(1.5) ?? .null]]),
        ]

    static let serverFrames: [ServerFrame] =
        patches.map(ServerFrame.patch) + [
            .welcome(
                Welcome(
                    session: "s", user: "ann", epoch: "e", seq: SequenceNumber(3), time: Timestamp(milliseconds: 4),
                    maximumMessageBytes: 1_048_576, maximumBatch: 1_000)),
            .snapshot(
                Snapshot(
                    id: "s1", path: .root, seq: SequenceNumber(5),
                    nodes: [
                        Snapshot.Node(path: .root, properties: [:], children: 2, timestamp: nil),
                        Snapshot.Node(
                            path: "tree/a", properties: ["n": .number(1.5) ?? .null, "l": [.null]], children: 0,
                            timestamp: Timestamp(milliseconds: 6)),
                    ],
                    more: true)),
            .snapshot(Snapshot(id: "s1", path: "tree/a", seq: .zero, nodes: [], more: false)),
            .resumed(id: "s1", from: SequenceNumber(1), seq: SequenceNumber(2)),
            .batch(patches),
            .batch([]),
            .at(SequenceNumber(1)),
            .ack(Acknowledgement(id: "c1", seq: SequenceNumber(1), timestamp: Timestamp(milliseconds: 2))),
            .ack(
                Acknowledgement(
                    id: "c1", seq: SequenceNumber(1), timestamp: Timestamp(milliseconds: 2),
                    superseded: ["", "3/a~1/b"])),
            .error(id: nil, Refusal(.invalidJSON, "what")),
            .error(id: "c1", Refusal(Refusal.Code(rawValue: "own-code"), "why", path: "tree/a", index: 2)),
            .result(id: "x1", value: .null),
            .result(id: "x1", value: [1]),
            .history(id: "h1", patches: [], more: false),
            .history(
                id: "h1",
                patches: [
                    HistoricalPatch(patch: patches[3], previous: ["status": "open"]),
                    HistoricalPatch(patch: patches[6], previous: nil),
                    HistoricalPatch(patch: patches[1], previous: .null),
                ],
                more: true),
            .found(id: "f1", paths: [.root, "tree/a~1b"], more: true),
            .found(id: "f1", paths: [], more: false),
            .presence([]),
            .presence([
                Presence(session: "s", user: "ann", path: "tree/a"), Presence(session: "t", user: "", path: nil),
            ]),
        ]
}
