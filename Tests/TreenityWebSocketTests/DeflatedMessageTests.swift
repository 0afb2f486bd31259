import Testing
import TreenityTesting

@testable import TreenityWebSocket

@Suite("Compressed messages are read as RFC 7692 says")
struct DeflatedMessageTests {
    /// From section 7.2.3 of the RFC: all of them mean "Hello".
    private static let hellos: [[UInt8]] = [
        [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
        [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
        [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
        [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
    ]
    private let hello = Array("Hello".utf8)

    @Test("The examples of the RFC are read", arguments: hellos)
    func examples(payload: [UInt8]) {
        #expect(outcomes([deflated(.text, payload)]) == [.message(.text(hello))])
        #expect(outcomes([deflated(.binary, payload)]) == [.message(.binary(hello))])
    }

    @Test("A compressed message may be split into fragments at any byte", arguments: hellos)
    func fragments(payload: [UInt8]) {
        for border in 0...payload.count {
            let frames = [
                deflated(.text, Array(payload[..<border]), isLast: false), frame(.ping, "p"),
                frame(.continuation, Array(payload[border...])),
            ]
            #expect(outcomes(frames) == [.incomplete, .ping([0x70]), .message(.text(hello))], "at \(border)")
        }
    }

    @Test("An empty message may be an empty block, or nothing at all, as some write it")
    func empty() {
        #expect(outcomes([deflated(.text, [0x00])]) == [.message(.text([]))])
        #expect(outcomes([deflated(.text, [])]) == [.message(.text([]))])
        #expect(
            outcomes([deflated(.text, [], isLast: false), frame(.continuation, "")])
                == [.incomplete, .message(.text([]))])
    }

    @Test("No message refers to the one before it, and plain ones may come between")
    func standAlone() {
        let frames = [deflated(.text, Self.hellos[0]), frame(.text, "a"), deflated(.text, Self.hellos[0])]
        #expect(outcomes(frames) == [.message(.text(hello)), .message(.text([0x61])), .message(.text(hello))])
        // What the compressor writes for a second "Hello" where it may refer to the first.
        #expect(
            code(outcomes([deflated(.text, Self.hellos[0]), deflated(.text, [0xF2, 0x00, 0x11, 0, 0])]).last)
                == .invalidText)
    }

    @Test("The bit for compression stands on the first frame of a message alone, and only where it is agreed on")
    func misplacedBit() throws {
        var ping = frame(.ping, "p")
        ping.isCompressed = true
        var continuation = frame(.continuation, [0])
        continuation.isCompressed = true
        var second = deflated(.text, Self.hellos[0])
        second.isReserved = true
        let broken: [[Frame]] = [
            [ping], [continuation], [deflated(.text, Self.hellos[0], isLast: false), continuation],
            [frame(.text, "a", isLast: false), continuation], [second],
        ]
        for frames in broken {
            #expect(code(outcomes(frames).last) == .protocolError, "\(frames)")
        }
        #expect(code(outcomes([deflated(.text, Self.hellos[0])], inflates: false).last) == .protocolError)
    }

    @Test(
        "Bytes that no compressor writes are refused with 1007",
        arguments: [
            [0x07], [0xFF, 0xFF, 0xFF], [0x01, 0x05, 0x00, 0x00, 0x00, 0x48], [0xF2, 0x48, 0xCD],
            [0xF2, 0x02, 0x11, 0],
        ] as [[UInt8]])
    func garbage(payload: [UInt8]) {
        #expect(code(outcomes([deflated(.binary, payload)]).last) == .invalidText)
    }

    @Test("Of any bytes something comes: a message, or a refusal within the limit", arguments: 0..<400)
    func noise(seed: UInt64) {
        var noise = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 1...300, using: &noise)).map { _ in UInt8.random(in: 0...255, using: &noise) }
        switch outcomes([deflated(.binary, bytes)], maximumBytes: 10_000).last {
        case .message(let message)?: #expect(message.bytes.count <= 10_000)
        case .failure(let reason)?: #expect(reason.code == .invalidText || reason.code == .messageTooBig)
        case let other: Issue.record("\(bytes) became \(String(describing: other))")
        }
    }

    @Test("The limit holds for what comes out, to the byte")
    func limit() throws {
        let payload = try #require(Deflation.full.compressed([UInt8](repeating: 0x61, count: 100_000)))
        #expect(payload.count < 1_000)
        #expect(outcomes([deflated(.text, payload)], maximumBytes: 100_000).last != .incomplete)
        #expect(code(outcomes([deflated(.text, payload)], maximumBytes: 100_000).last) == nil)
        #expect(code(outcomes([deflated(.text, payload)], maximumBytes: 99_999).last) == .messageTooBig)
        let parts = [
            deflated(.text, Array(payload.prefix(100)), isLast: false),
            frame(.continuation, Array(payload.dropFirst(100)), isLast: false),
        ]
        #expect(code(outcomes(parts, maximumBytes: 50_000).last) == .messageTooBig)
    }

    @Test("A bomb is not let out further than one byte beyond the limit")
    func bomb() throws {
        let bomb = try #require(Deflation.full.compressed([UInt8](repeating: 0, count: 64 << 20)))
        var inflater = Inflater()
        var output: [UInt8] = []
        #expect(throws: Inflater.Failure.tooLong) { try inflater.inflate(bomb, onto: &output, limit: 1 << 20) }
        #expect(output.count == 1 << 20 + 1)
        #expect(output.capacity <= 2 << 20 + 1 << 16)
    }

    @Test("Text is checked as it comes out, over the borders of fragments")
    func text() throws {
        let text = [UInt8](String(repeating: "aé€😀é", count: 50).utf8)
        let payload = stored(text)
        for border in stride(from: 0, through: payload.count, by: 7) {
            let frames = [
                deflated(.text, Array(payload[..<border]), isLast: false),
                frame(.continuation, Array(payload[border...])),
            ]
            #expect(outcomes(frames).last == .message(.text(text)))
        }
        let broken = stored([0x61, 0xFF, 0x61])
        #expect(code(outcomes([deflated(.text, Array(broken.dropLast(2)), isLast: false)]).last) == .invalidText)
        #expect(code(outcomes([deflated(.text, stored([0x61, 0xE2, 0x82]))]).last) == .invalidText)
    }

    @Test("What was written in a narrow window is read", arguments: 9...15)
    func narrow(windowBits: Int) throws {
        let text = Array((0..<3_000).map { "patch \($0 % 700) " }.joined().utf8)
        let payload = try #require(Deflation(windowBits: windowBits).compressed(text))
        #expect(outcomes([deflated(.text, payload)]).last == .message(.text(text)))
    }

    private func outcomes(
        _ frames: [Frame], maximumBytes: Int = 1 << 20, inflates: Bool = true
    ) -> [MessageAssembler.Outcome] {
        var assembler = MessageAssembler(expectsMask: false, maximumBytes: maximumBytes, inflates: inflates)
        return frames.map { assembler.receive($0) }
    }

    private func code(_ outcome: MessageAssembler.Outcome?) -> CloseCode? {
        if case .failure(let reason)? = outcome { reason.code } else { nil }
    }

    /// One block as it is, and the beginning of the empty one that ends a message.
    private func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        return [0, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)] + bytes + [0]
    }
}
