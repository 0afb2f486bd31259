import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Damaged messages")
struct MutationTests {
    private static let telling = Array("{}[]\",:\\/~.-+eEu0195 ntd$\u{0}\u{7F}".utf8) + [0x80, 0xC2, 0xED, 0xF4, 0xFF]

    @Test("However a message is damaged, it is read or refused", arguments: 0..<10 as Range<UInt64>)
    func damaged(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let messages = FrameSamples.clientFrames.map { $0.encoded() } + FrameSamples.serverFrames.map { $0.encoded() }
        for _ in 0..<Fuzz.rounds(2_000) {
            var message = try #require(messages.randomElement(using: &generator))
            for _ in 0..<Int.random(in: 1...3, using: &generator) { damage(&message, using: &generator) }
            readBoth(message)
        }
    }

    @Test("A message cut off anywhere is refused")
    func truncated() {
        for message in FrameSamples.clientFrames.map({ $0.encoded() }) {
            for length in 0..<message.count {
                let results = ClientFrame.decode(Array(message[..<length]))
                #expect(results.allSatisfy { (try? $0.get()) == nil })
            }
        }
    }

    private func damage(_ message: inout [UInt8], using generator: inout SeededGenerator) {
        guard !message.isEmpty else { return }
        let place = Int.random(in: 0..<message.count, using: &generator)
        let byte = Self.telling.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: message.removeSubrange(place...)
        case 1: message.remove(at: place)
        case 2: message.insert(byte, at: place)
        case 3: message[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 4:
            let end = Int.random(in: place..<message.count, using: &generator)
            message.insert(contentsOf: message[place...end], at: place)
        default: message[place] = byte
        }
    }

    /// Whatever could be read must also survive being written and read again.
    private func readBoth(_ message: [UInt8]) {
        for result in ClientFrame.decode(message) {
            guard let frame = try? result.get() else { continue }
            #expect(ClientFrame.decode(frame.encoded()) == [.success(frame)])
        }
        for frame in (try? ServerFrame.decode(message)) ?? [] {
            #expect((try? ServerFrame.decode(frame.encoded())) == [frame])
        }
    }
}
