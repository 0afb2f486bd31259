import Testing
import TreenityProtocol

@Suite("Frames to bytes and back")
struct FrameRoundTripTests {
    @Test("What a client says is read as it was said", arguments: FrameSamples.clientFrames)
    func clientFrames(_ frame: ClientFrame) throws {
        let decoded = ClientFrame.decode(frame.encoded())
        #expect(decoded == [.success(frame)])
        #expect(try decoded.first?.get().encoded() == frame.encoded())
    }

    @Test("What a server says is read as it was said", arguments: FrameSamples.serverFrames)
    func serverFrames(_ frame: ServerFrame) throws {
        let decoded = try ServerFrame.decode(frame.encoded())
        #expect(decoded == [frame])
        #expect(decoded.first?.encoded() == frame.encoded())
    }

    @Test("A patch written by itself is the frame of that patch", arguments: FrameSamples.patches)
    func patches(_ patch: Patch) {
        #expect(patch.encoded() == ClientFrame.patch(patch).encoded())
        #expect(patch.encoded() == ServerFrame.patch(patch).encoded())
    }

    @Test(
        "The client's frames have these bytes",
        arguments: [
            (
                .patch(
                    Patch(
                        .edit(["status": "in-progress"]), "tree/spaces/marketing/tasks/101",
                        timestamp: Timestamp(milliseconds: 1_698_762_345_678), meta: ["user": "john.doe"], id: "c1",
                        base: SequenceNumber(7))),
                #"{"type":"PATCH","id":"c1","operation":"EDIT","path":"tree/spaces/marketing/tasks/101","#
                    + #""value":{"status":"in-progress"},"timestamp":1698762345678,"meta":{"user":"john.doe"},"base":7}"#
            ),
            (
                .patch(Patch(.move(to: "tree/done/97"), "tree/97")),
                #"{"type":"PATCH","operation":"MOVE","path":"tree/97","value":{"to":"tree/done/97"}}"#
            ),
            (.patch(Patch(.delete, "tree/a")), #"{"type":"PATCH","operation":"DELETE","path":"tree/a"}"#),
            (
                .batch(id: "b1", patches: [Patch(.delete, "tree/a"), Patch(.delete, "tree/b")]),
                #"{"type":"BATCH","id":"b1","patches":[{"type":"PATCH","operation":"DELETE","path":"tree/a"},"#
                    + #"{"type":"PATCH","operation":"DELETE","path":"tree/b"}]}"#
            ),
            (
                .subscribe(Subscription(id: "s1", path: .root, depth: 2, since: SequenceNumber(9), epoch: "e")),
                #"{"type":"SUBSCRIBE","id":"s1","path":"tree","depth":2,"since":9,"epoch":"e"}"#
            ),
            (.presence(nil), #"{"type":"PRESENCE"}"#),
        ] as [(ClientFrame, String)])
    func clientBytes(_ frame: ClientFrame, _ text: String) {
        #expect(String(decoding: frame.encoded(), as: UTF8.self) == text)
    }

    @Test(
        "The server's frames have these bytes",
        arguments: [
            (
                .welcome(
                    Welcome(
                        session: "s", user: "ann", epoch: "e", seq: SequenceNumber(3),
                        time: Timestamp(milliseconds: 4), maximumMessageBytes: 5, maximumBatch: 6)),
                #"{"type":"WELCOME","protocol":"treenity.v1","session":"s","user":"ann","epoch":"e","seq":3,"time":4,"#
                    + #""limits":{"maxMessageBytes":5,"maxBatch":6}}"#
            ),
            (
                .ack(
                    Acknowledgement(
                        id: "c1", seq: SequenceNumber(8), timestamp: Timestamp(milliseconds: 9), superseded: ["status"])
                ),
                #"{"type":"ACK","id":"c1","seq":8,"timestamp":9,"superseded":["status"]}"#
            ),
            (
                .error(id: "b1", Refusal(.notFound, "nothing is at tree/a", path: "tree/a", index: 2)),
                #"{"type":"ERROR","id":"b1","code":"not-found","message":"nothing is at tree/a","path":"tree/a","index":2}"#
            ),
            (
                .snapshot(
                    Snapshot(
                        id: "s1", path: .root, seq: SequenceNumber(5),
                        nodes: [
                            Snapshot.Node(
                                path: "tree/a", properties: ["n": 1], children: 4, timestamp: Timestamp(milliseconds: 6)
                            )
                        ],
                        more: true)),
                #"{"type":"SNAPSHOT","id":"s1","path":"tree","seq":5,"#
                    + #""nodes":[{"path":"tree/a","properties":{"n":1},"children":4,"timestamp":6}],"more":true}"#
            ),
            (.found(id: "f1", paths: ["tree/a"], more: false), #"{"type":"FOUND","id":"f1","paths":["tree/a"]}"#),
            (.at(SequenceNumber(1)), #"{"type":"AT","seq":1}"#),
        ] as [(ServerFrame, String)])
    func serverBytes(_ frame: ServerFrame, _ text: String) {
        #expect(String(decoding: frame.encoded(), as: UTF8.self) == text)
    }
}
