import Testing

@testable import TreenityWebSocket

@Suite("Messages are put together from frames")
struct MessageAssemblerTests {
    private func outcomes(
        _ frames: [Frame], maximumBytes: Int = 1 << 20
    ) -> [MessageAssembler.Outcome] {
        var assembler = MessageAssembler(expectsMask: false, maximumBytes: maximumBytes)
        return frames.map { assembler.receive($0) }
    }

    private func code(_ outcome: MessageAssembler.Outcome?) -> CloseCode? {
        if case .failure(let reason)? = outcome { reason.code } else { nil }
    }

    @Test("One frame is one message")
    func singleFrame() {
        #expect(outcomes([frame(.text, "hé")]) == [.message(.text(Array("hé".utf8)))])
        #expect(outcomes([frame(.binary, [0xFF, 0])]) == [.message(.binary([0xFF, 0]))])
        #expect(outcomes([frame(.text, "")]) == [.message(.text([]))])
    }

    @Test("Fragments become one message, and control frames pass between them")
    func fragments() {
        let frames = [
            frame(.text, "a", isLast: false), frame(.ping, "p"), frame(.continuation, "", isLast: false),
            frame(.pong, "q"), frame(.continuation, "b"), frame(.text, "c"),
        ]
        #expect(
            outcomes(frames) == [
                .incomplete, .ping([0x70]), .incomplete, .pong([0x71]), .message(.text([0x61, 0x62])),
                .message(.text([0x63])),
            ])
    }

    @Test("A character may be split over fragments at any byte", arguments: 0...12)
    func splitCharacter(at border: Int) {
        let text = Array("aé€😀é".utf8)
        let parts = outcomes([
            frame(.text, Array(text[..<border]), isLast: false), frame(.continuation, Array(text[border...])),
        ])
        #expect(parts == [.incomplete, .message(.text(text))])
    }

    @Test(
        "Text that is not UTF-8 is refused with 1007, as soon as no continuation can mend it",
        arguments: [
            [[0xFF]], [[0xC3], []], [[0x61, 0xE2, 0x82], [0x41]], [[0xF4], [0x90, 0x80, 0x80]], [[0xED, 0xA0, 0x80]],
            [[0xC0, 0xAF]], [[0xF0, 0x9F], [0x98], []], [[0x80]], [[0xE2, 0x28], [0xA1]],
        ] as [[[UInt8]]])
    func invalidText(parts: [[UInt8]]) {
        let frames = parts.enumerated().map { index, part in
            frame(index == 0 ? .text : .continuation, part, isLast: index == parts.count - 1)
        }
        #expect(outcomes(frames).contains { code($0) == .invalidText })
    }

    @Test("A hopeless fragment is refused before the message ends")
    func failsFast() {
        #expect(code(outcomes([frame(.text, [0x61, 0xFF], isLast: false)]).last) == .invalidText)
    }

    @Test("Frames out of order and reserved ones are refused with 1002")
    func protocolErrors() {
        var reserved = frame(.text, "a")
        reserved.isReserved = true
        let broken: [[Frame]] = [
            [frame(.continuation, "a")],
            [frame(.text, "a", isLast: false), frame(.text, "b")],
            [frame(.text, "a"), frame(.continuation, "b")],
            [reserved],
            [frame(.reserved(0x3), "a")],
            [frame(.reserved(0xB), "a")],
            [frame(.ping, "a", isLast: false)],
            [frame(.close, [0x03])],
        ]
        for frames in broken {
            #expect(code(outcomes(frames).last) == .protocolError, "\(frames)")
        }
    }

    @Test("Clients have to mask and servers must not")
    func maskDirection() {
        var masked = frame(.text, "hello there")
        masked.isMasked = true
        var server = MessageAssembler(expectsMask: true, maximumBytes: 100)
        #expect(server.receive(masked) == .message(.text(Array("hello there".utf8))))
        #expect(code(server.receive(frame(.text, "a"))) == .protocolError)
        #expect(code(outcomes([masked]).last) == .protocolError)
    }

    @Test("A message above the limit is refused with 1009, in one frame or in many")
    func limit() {
        #expect(outcomes([frame(.text, "abcd")], maximumBytes: 4) == [.message(.text(Array("abcd".utf8)))])
        #expect(code(outcomes([frame(.text, "abcde")], maximumBytes: 4).last) == .messageTooBig)
        let parts = [frame(.text, "abc", isLast: false), frame(.continuation, "de")]
        #expect(code(outcomes(parts, maximumBytes: 4).last) == .messageTooBig)
    }

    @Test(
        "Only registered, library and application codes may stand in a close frame",
        arguments: [
            (999, false), (1000, true), (1003, true), (1004, false), (1005, false), (1006, false), (1007, true),
            (1014, true), (1015, false), (1016, false), (2999, false), (3000, true), (4999, true), (5000, false),
        ] as [(UInt16, Bool)])
    func closeCodes(code number: UInt16, isFine: Bool) {
        let outcome = outcomes([frame(.close, [UInt8(number >> 8), UInt8(number & 0xFF), 0x78])]).last
        if isFine {
            #expect(outcome == .close(CloseReason(CloseCode(rawValue: number), "x")))
        } else {
            #expect(code(outcome) == .protocolError)
        }
    }

    @Test("A close frame may be empty, and its text has to be UTF-8")
    func closeText() {
        #expect(outcomes([frame(.close, "")]) == [.close(CloseReason(nil))])
        #expect(code(outcomes([frame(.close, [0x03, 0xE8, 0xFF])]).last) == .invalidText)
    }

    @Test("A long reason is cut between characters to fit into a control frame")
    func longReason() {
        let payload = CloseReason(.normal, String(repeating: "é", count: 100)).payload
        #expect(payload.count == 124)
        #expect(String(validating: payload.dropFirst(2), as: UTF8.self) == String(repeating: "é", count: 61))
    }
}
