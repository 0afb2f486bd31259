import Testing
import TreenityProtocol

@Suite("Messages that are refused")
struct RefusedMessageTests {
    @Test(
        "Each refusal has the code of its cause",
        arguments: [
            ("", .invalidJSON), ("{", .invalidJSON), ("{\"a\":1,}", .invalidJSON), ("{} x", .invalidJSON),
            ("[", .invalidJSON),
            (#"{"path":"\ud800"}"#, .invalidJSON), (#"{"n":1e999}"#, .invalidJSON), ("tree", .invalidJSON),
            ("5", .invalidPatch), ("\"x\"", .invalidPatch), (" null ", .invalidPatch), ("{}", .invalidPatch),
            (#"{"operation":"ADD"}"#, .invalidPatch), (#"{"path":"/a"}"#, .invalidPatch),
            (#"{"type":"PATCH","path":"/a"}"#, .invalidPatch), (#"{"operation":"add","path":"/a"}"#, .invalidPatch),
            (#"{"operation":"COPY","path":"/a"}"#, .invalidPatch), (#"{"operation":5,"path":"/a"}"#, .invalidPatch),
            (#"{"operation":"EDIT","path":"/a"}"#, .invalidPatch),
            (#"{"operation":"MOVE","path":"/a"}"#, .invalidPatch),
            (#"{"operation":"MOVE","path":"/a","value":{}}"#, .invalidPatch),
            (#"{"operation":"MOVE","path":"/a","value":null}"#, .invalidPatch),
            (#"{"operation":"MOVE","path":"/a","value":{"to":5}}"#, .invalidPatch),
            (#"{"operation":"MOVE","path":"/a","value":"b"}"#, .invalidPath),
            (#"{"operation":"MOVE","path":"/a","value":{"to":"/.."}}"#, .invalidPath),
            (#"{"operation":"MOVE","path":"/a","value":{"from":""}}"#, .invalidPath),
            (#"{"operation":"DELETE","path":5}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":null}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":""}"#, .invalidPath), (#"{"operation":"DELETE","path":"a"}"#, .invalidPath),
            (#"{"operation":"DELETE","path":"/~"}"#, .invalidPath),
            (#"{"operation":"DELETE","path":"/\u0085"}"#, .invalidPath),
            (#"{"operation":"DELETE","path":"/a","timestamp":"1"}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","timestamp":1.5}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","timestamp":9223372036854775808}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","meta":[]}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","id":5}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","base":-1}"#, .invalidPatch),
            (#"{"operation":"DELETE","path":"/a","seq":true}"#, .invalidPatch),
            (#"{"operation":"ADD","path":"/a","value":{"":1}}"#, .invalidPath),
            (#"{"operation":"ADD","path":"/a","value":{"b":{"..":1}}}"#, .invalidPath),
            (#"{"operation":"ADD","path":"/a","value":[{"\u0000":1}]}"#, .invalidPath),
            (#"{"operation":"EDIT","path":"/a","value":{"\u009f":1}}"#, .invalidPath),
            ("{\"operation\":\"EDIT\",\"path\":\"/a\",\"value\":{\"\u{7F}\":1}}", .invalidPath),
            ("{\"operation\":\"EDIT\",\"path\":\"/a\",\"value\":{\"\u{80}\":1}}", .invalidPath),
            (#"{"type":"FLY","path":"/a"}"#, .invalidPatch), (#"{"type":5}"#, .invalidPatch),
            (#"{"type":"SUBSCRIBE","path":"tree"}"#, .invalidPatch),
            (#"{"type":"SUBSCRIBE","id":"s","depth":-1}"#, .invalidPatch),
            (#"{"type":"SUBSCRIBE","id":"s","path":"x"}"#, .invalidPath), (#"{"type":"UNSUBSCRIBE"}"#, .invalidPatch),
            (#"{"type":"FIND","id":"f"}"#, .invalidPatch), (#"{"type":"HISTORY"}"#, .invalidPatch),
            (#"{"type":"BATCH","id":"b"}"#, .invalidPatch), (#"{"type":"BATCH","id":"b","patches":{}}"#, .invalidPatch),
            (#"{"type":"RESULT"}"#, .invalidPatch),
        ] as [(String, Refusal.Code)])
    func codes(_ text: String, _ code: Refusal.Code) {
        let error = #expect(throws: FrameError.self) { try decodeOne(text) }
        #expect(error?.refusal.code == code)
        #expect(error?.refusal.message.isEmpty == false)
    }

    @Test("An id has at most 64 bytes")
    func idLength() throws {
        func patch(_ id: String) -> String { #"{"operation":"DELETE","path":"/a","id":"\#(id)"}"# }
        let longest = String(repeating: "é", count: 32)
        #expect(try decodePatch(patch(longest)).id == longest)
        let error = #expect(throws: FrameError.self) { try decodePatch(patch(longest + "x")) }
        #expect(error?.refusal.code == .invalidPatch)
        #expect(error?.id == nil)
    }

    @Test("A refusal names the message's id, and the path as far as one was read")
    func refusalNamesItsMessage() {
        let error = #expect(throws: FrameError.self) { try decodeOne(#"{"id":"c1","path":"/a","operation":"EDIT"}"#) }
        #expect(error?.id == "c1")
        #expect(error?.refusal.path == "tree/a")
    }

    @Test("One bad patch refuses a batch and is named by its index")
    func batchIndex() {
        let good = #"{"operation":"DELETE","path":"/a"}"#
        let text = #"{"type":"BATCH","id":"b1","patches":[\#(good),\#(good),{"operation":"DELETE","path":"x"}]}"#
        let error = #expect(throws: FrameError.self) { try decodeOne(text) }
        #expect(error?.id == "b1")
        #expect(error?.refusal.index == 2)
        #expect(error?.refusal.code == .invalidPath)
    }

    @Test("The patches of an array stand or fall alone")
    func arrays() throws {
        let text =
            #" [{"operation":"DELETE","path":"/a"}, {"id":"c2","operation":"DELETE"} ,5,{"type":"ADD","path":"/b"}]"#
        let results = ClientFrame.decode(Array(text.utf8))
        #expect(results.count == 4)
        #expect(try results[0].get() == .patch(Patch(.delete, "tree/a")))
        #expect(try results[3].get() == .patch(Patch(.add([:]), "tree/b")))
        #expect(throws: FrameError(id: "c2", refusal: Refusal(.invalidPatch, "“path” is missing"))) {
            try results[1].get()
        }
        #expect(throws: FrameError.self) { try results[2].get() }
        #expect(ClientFrame.decode(Array("[]".utf8)).isEmpty)
    }

    @Test("Of an array no more is read than is asked for; all that is behind is refused at once, JSON or not")
    func longArrays() throws {
        let patch = #"{"operation":"DELETE","path":"/a"}"#
        let whole = Result<ClientFrame, FrameError>.success(.patch(Patch(.delete, "tree/a")))
        let refusal = Refusal(.tooLarge, "an array has at most 2 patches")
        #expect(
            ClientFrame.decode(Array("[\(patch),\(patch),{,5,{}".utf8), atMost: 2)
                == [whole, whole, .failure(FrameError(id: nil, refusal: refusal))])
        #expect(ClientFrame.decode(Array("[\(patch),\(patch)]".utf8), atMost: 2) == [whole, whole])
    }

    @Test("A client reads an array as a batch, and leaves out frames that it does not know")
    func serverTolerance() throws {
        let array = #"[{"operation":"DELETE","path":"/a","seq":1}]"#
        #expect(
            try ServerFrame.decode(Array(array.utf8)) == [.batch([Patch(.delete, "tree/a", seq: SequenceNumber(1))])])
        #expect(try ServerFrame.decode(Array(#"{"type":"NEWS","seq":"x"}"#.utf8)) == [])
        #expect(
            try ServerFrame.decode(Array(#"{"type":"RESUMED","id":"s","seq":2,"new":{}}"#.utf8))
                == [.resumed(id: "s", from: .zero, seq: SequenceNumber(2))])
    }

    @Test(
        "Limits of a greeting that let nothing through are not taken", arguments: ["0", "-1", "1.5", "\"x\"", "null"])
    func senselessLimits(_ limit: String) throws {
        let text = #"{"type":"WELCOME","seq":0,"time":0,"limits":{"maxMessageBytes":\#(limit),"maxBatch":\#(limit)}}"#
        guard case .welcome(let welcome)? = try ServerFrame.decode(Array(text.utf8)).first else {
            Issue.record("no greeting")
            return
        }
        #expect(welcome.maximumBatch == 1_000)
        #expect(welcome.maximumMessageBytes == 1 << 20)
    }

    @Test(
        "A server's frame without what it needs is refused",
        arguments: [
            #"{"type":"WELCOME"}"#, #"{"type":"AT"}"#, #"{"type":"ACK","id":"c"}"#, #"{"type":"SNAPSHOT","id":"s"}"#,
            #"{"type":"ERROR"}"#, #"{"type":"FOUND","id":"f"}"#, #"{"type":"FOUND","id":"f","paths":[5]}"#,
            #"{"type":"PRESENCE"}"#, #"{"type":"AT","seq":1"#, "5", "",
        ])
    func serverFramesWithoutParts(_ text: String) {
        #expect(throws: FrameError.self) { try ServerFrame.decode(Array(text.utf8)) }
    }
}
